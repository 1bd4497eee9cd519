import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { randomHex } from "../../../src/kit/random.ts";
import { ok } from "../../../src/kit/result.ts";
import type { Exit, RunningProgram, Sandbox, SandboxWalls } from "../../../src/ports/sandbox.ts";

export interface PlainSandbox extends Sandbox {
  /** The walls that were asked for, in order. */
  readonly walls: SandboxWalls[];
}

/** Programs without walls, for tests of what stands around them: their group is ended, and strays are hunted by a mark. */
export function plainSandbox(): PlainSandbox {
  const walls: SandboxWalls[] = [];
  return {
    walls,
    preflight: () => Promise.resolve(ok(undefined)),
    within: (asked) => {
      walls.push(asked);
      return ({ command, cwd, env }) => {
        const mark = `PLAIN_MARK_${randomHex(8)}`;
        const [program, ...args] = command;
        const child = spawn(program, args, { cwd, env: { ...env, [mark]: "1" }, detached: true });
        const exited = exitOf(child);
        const kill = (): Promise<number> => killAll(child.pid, { mark, exited });
        const running: RunningProgram = {
          pid: child.pid ?? -1,
          stdin: child.stdin,
          stdout: child.stdout,
          stderr: child.stderr,
          exited,
          kill,
          [Symbol.asyncDispose]: async () => void (await kill()),
        };
        return Promise.resolve(ok(running));
      };
    },
  };
}

async function exitOf(child: ReturnType<typeof spawn>): Promise<Exit> {
  const failed = once(child, "error").then((): Exit => ({ code: 127, signal: null }));
  const exited = once(child, "exit").then(([code, by]: unknown[]): Exit => ({
    code: typeof code === "number" ? code : null,
    signal: typeof by === "string" ? by : null,
  }));
  return Promise.race([failed, exited]);
}

async function killAll(
  pid: number | undefined,
  { mark, exited }: { readonly mark: string; readonly exited: Promise<Exit> },
): Promise<number> {
  if (pid !== undefined) signal(-pid);
  await exited;
  const strays = marked(mark);
  for (const stray of strays) signal(stray);
  return strays.length;
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

/** Processes with this mark in their environment. */
export function marked(mark: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => hasMark(pid, mark));
}

function hasMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
  } catch {
    return false;
  }
}
