import { access, constants } from "node:fs/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { AgentFailure } from "../../ports/agent.ts";
import type { ProgramSpec, SandboxedProgram } from "../../ports/sandbox.ts";
import { within } from "./within.ts";

/** The versions that the contract test has proven: the pinned one, and patches of it. */
export const PROVEN_VERSION = "0.169.0";
const PROVEN = /^0\.169\.\d+$/;
const INSTALL = `Do this: npm install -g @openai/codex@${PROVEN_VERSION}, or set codex.bin to such a program.`;

/** What the program says of itself: its version when it is one that is known to work. */
export function judgeVersion(binary: string, said: string): Result<string, AgentFailure> {
  const version = /^codex-cli (\S+)/m.exec(said)?.[1];
  if (version === undefined)
    return wrong(`${binary} is not the Codex CLI: asked for its version, it said ${shown(said)}. ${INSTALL}`);
  if (PROVEN.test(version)) return ok(version);
  return wrong(`${binary} is Codex ${version}, and only 0.169 is proven to work. ${INSTALL}`);
}

/** Finds out what the program is by running it where it will run, for at most `ms` milliseconds. */
export async function checkVersion(
  program: SandboxedProgram,
  spec: ProgramSpec,
  ms: number,
): Promise<Result<string, AgentFailure>> {
  const [binary] = spec.command;
  const runnable = await isRunnable(binary);
  if (!runnable.ok) return runnable;
  const started = await program({ ...spec, command: [binary, "--version"] });
  if (!started.ok)
    return fail({ code: "SANDBOX_UNAVAILABLE", detail: `${started.failure.message}. ${started.failure.hint}` });
  await using running = started.value;
  running.stdin.end();
  const heard = await within(ms, Promise.all([firstBytes(running.stdout), firstBytes(running.stderr), running.exited]));
  if (heard === null) return wrong(`${binary} did not say its version within ${ms / 1000} s. ${INSTALL}`);
  const [said, complaint] = heard;
  return judgeVersion(binary, said === "" ? complaint : said);
}

async function isRunnable(binary: string): Promise<Result<void, AgentFailure>> {
  try {
    await access(binary, constants.F_OK);
  } catch {
    return fail({ code: "AGENT_NOT_FOUND", detail: `There is no ${binary}. ${INSTALL}` });
  }
  try {
    await access(binary, constants.X_OK);
  } catch {
    return fail({ code: "AGENT_NOT_FOUND", detail: `${binary} cannot be run. Do this: chmod +x ${binary}` });
  }
  return ok(undefined);
}

const ENOUGH = 4096;

/** The beginning of what a program writes; the rest is read and dropped, so that it can end. */
async function firstBytes(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of stream) if (text.length < ENOUGH) text += piece.toString("utf8");
  return text.slice(0, ENOUGH).trim();
}

function shown(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text.split("\n")[0]?.slice(0, 120));
}

function wrong(detail: string): Result<never, AgentFailure> {
  return fail({ code: "AGENT_WRONG_VERSION", detail });
}
