import { join } from "node:path";
import { processEngine } from "../adapters/process/process-engine.ts";
import { environment } from "../config/environment.ts";
import type { Engine } from "../ports/engine.ts";
import { isCheckout, programRoot } from "./program.ts";

/** What a runner may know of this process's environment: where programs are, and the language of their messages. */
const PASSED_ON = ["PATH", "LANG", "LC_ALL", "TZ"] as const;

/** Runners as processes of this machine, started with this very Node. */
export function openEngine(home: string): Engine {
  const entry = isCheckout() ? "src/cli/runner.ts" : "dist/cli/runner.js";
  const known = environment();
  const env = Object.fromEntries(PASSED_ON.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])));
  return processEngine({
    folder: join(home, "runners"),
    command: [process.execPath, join(programRoot(), entry)],
    env,
  });
}
