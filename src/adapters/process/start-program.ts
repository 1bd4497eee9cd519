import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { ATTEMPT_MARK } from "../../model/launch.ts";
import type { Exit, ProgramSpec, RunningProgram } from "../../ports/sandbox.ts";
import { endFamily } from "./end-family.ts";
import { processRow } from "./process-rows.ts";

/** Starts a program in a session and process group of its own, without any wall; its environment is `spec.env` and nothing else. */
export async function startProgram({ command, cwd, env }: ProgramSpec): Promise<Result<RunningProgram, Failure>> {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const trouble = await started(child);
  if (trouble !== null) return fail(notStarted(program, trouble));
  // A program may end before it has read all that it is sent; how it ended is what counts.
  child.stdin.on("error", () => {});
  return ok(running(child, { exited, mark: env[ATTEMPT_MARK] ?? null }));
}

/** `null` once it runs, else why it does not. */
function started(child: ChildProcessWithoutNullStreams): Promise<Error | null> {
  return new Promise((resolve) => {
    child.once("spawn", () => resolve(null));
    child.once("error", resolve);
  });
}

function running(
  child: ChildProcessWithoutNullStreams,
  { exited, mark }: { readonly exited: Promise<Exit>; readonly mark: string | null },
): RunningProgram {
  const pid = child.pid ?? 0;
  const root = { pid, start: processRow(pid)?.start ?? "unknown" };
  let ended: Promise<number> | null = null;
  const kill = (): Promise<number> => {
    ended ??= endFamily({ root, mark });
    return ended;
  };
  const { stdin, stdout, stderr } = child;
  return {
    pid,
    stdin,
    stdout,
    stderr,
    exited,
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
    },
  };
}

function notStarted(program: string, error: Error): Failure {
  const isMissing = "code" in error && error.code === "ENOENT";
  return {
    code: isMissing ? "not_found" : "failed",
    message: `${program} could not be started.`,
    cause: isMissing ? "It, or the folder it should run in, is not there." : error.message,
    hint: `Do this: check that ${program} and its folder are there and may be used.`,
    retry: "never",
  };
}
