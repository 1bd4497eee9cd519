/** One pass over a corpus, in a process of its own: nothing is warm but the file system's cache. */
import { join } from "node:path";
import { childCost } from "../child-cost.ts";
import { ownCost, peakMegabytes } from "../own-cost.ts";

export interface Pass {
  /** Of the pass alone, without starting Node and loading the program. */
  readonly cpuSeconds: number;
  /** Most memory the process held. */
  readonly peakMegabytes: number;
  /** Files gone over, and bytes read of them. */
  readonly files: number;
  readonly bytes: number;
}

/** The settings that bin/codex-loop.js starts long work with. */
export const LONG_WORK_SETTINGS: readonly string[] = ["--max-semi-space-size=8", "--heap-growing-percent=10"];

type PassName = "ingest" | "parse" | "unchanged" | "walk";

/** Settings of Node for each pass: ours run as the launcher runs them, floors in Node as it comes. */
const SETTINGS: Readonly<Record<PassName, readonly string[]>> = {
  ingest: LONG_WORK_SETTINGS,
  unchanged: LONG_WORK_SETTINGS,
  parse: [],
  walk: [],
};

/** Starts `passes/<name>.ts` and takes what it says. */
export async function runPass(name: PassName, words: readonly string[]): Promise<Pass> {
  const program = join(import.meta.dirname, `${name}.ts`);
  const { stdout } = await childCost([process.execPath, ...SETTINGS[name], program, ...words], { env: process.env });
  // The last words of `sayPass`, and its only ones.
  return JSON.parse(stdout) as Pass;
}

/** For the programs: does the work, and says what it took. */
export async function sayPass(work: () => Promise<Pick<Pass, "files" | "bytes">>): Promise<void> {
  const { value, cpuSeconds } = await ownCost(work);
  const pass: Pass = { ...value, cpuSeconds, peakMegabytes: peakMegabytes() };
  process.stdout.write(JSON.stringify(pass));
}
