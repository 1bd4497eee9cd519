import { execFile } from "node:child_process";
import type { Result } from "../../kit/result.ts";
import type { AgentFailure } from "../../ports/agent.ts";
import { judgeVersion } from "./check-version.ts";

/** Milliseconds; npm's wrapper needs a quarter of a second. */
const PATIENCE = 10_000;

/** Asks a program of this machine for its version, outside of any attempt, and judges the answer. */
export function askVersion(binary: string, path: string): Promise<Result<string, AgentFailure>> {
  return new Promise((tell) => {
    execFile(binary, ["--version"], { env: { PATH: path }, timeout: PATIENCE }, (error, stdout, stderr) => {
      const said = stdout.trim() || stderr.trim() || (error?.message ?? "");
      tell(judgeVersion(binary, said));
    });
  });
}
