/** Programs started without the wall, in a group of their own, for tests of what runs inside it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fail, ok } from "../../src/kit/result.ts";
import type { Exit, RunningProgram, SandboxedProgram } from "../../src/ports/sandbox.ts";

export const plainProgram: SandboxedProgram = async ({ command: [file, ...args], cwd, env }) => {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const exited = new Promise<Exit>((tell) => {
    child.once("exit", (code, signal) => tell({ code, signal }));
    child.once("error", () => tell({ code: null, signal: null }));
  });
  try {
    await once(child, "spawn");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return fail({
      code: "failed",
      message: `${file} did not start`,
      cause,
      hint: "Do this: look at it.",
      retry: "never",
    });
  }
  const { pid = 0, stdin, stdout, stderr } = child;
  const kill = async (): Promise<number> => {
    endGroup(pid);
    await exited;
    return 0;
  };
  const running: RunningProgram = {
    pid,
    stdin,
    stdout,
    stderr,
    exited,
    kill,
    [Symbol.asyncDispose]: async () => void (await kill()),
  };
  return ok(running);
};

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}
