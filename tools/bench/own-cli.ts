import { join } from "node:path";
import { childCost, type ChildRun } from "./child-cost.ts";

const LAUNCHER = join(import.meta.dirname, "../../bin/codex-loop.js");

/** Runs `codex-loop` in a home of its own with the Node of this process. */
export function ownCli(words: readonly string[], home: string): Promise<ChildRun> {
  return childCost([process.execPath, LAUNCHER, ...words], { env: { PATH: process.env["PATH"], HOME: home } });
}
