import { realpath } from "node:fs/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Agent, AgentFailure, AgentOptions, AgentSession } from "../../ports/agent.ts";
import type { ProgramSpec, SandboxedProgram } from "../../ports/sandbox.ts";
import { agentEnvironment } from "./agent-environment.ts";
import { checkSandbox } from "./check-sandbox.ts";
import { checkVersion } from "./check-version.ts";
import { makeCodexHome } from "./codex-home.ts";
import { CodexSession } from "./codex-session.ts";

export interface CodexProgram {
  /** Absolute: the program itself or npm's wrapper around it. */
  readonly binary: string;
  /** The search path that Codex and its commands get. */
  readonly path: string;
  /** Marks every process of the attempt in its environment, so that it can be found and ended. */
  readonly attempt: string;
  /** Features of Codex to switch on beside its own defaults. */
  readonly features?: readonly string[];
  /** Milliseconds that Codex has to say its version, and again to start its thread. */
  readonly startMs?: number;
}

const START_MS = 30_000;

/** The real Codex CLI, driven over `codex app-server`: one process for each session. */
export function codexAgent(program: CodexProgram): Agent {
  return { open: (options) => openCodex(program, options) };
}

async function openCodex(
  { binary, path, attempt, features = [], startMs = START_MS }: CodexProgram,
  options: AgentOptions,
): Promise<Result<AgentSession, AgentFailure>> {
  const { gateway, cwd } = options;
  if (gateway === null) return fail({ code: "PROVIDER_AUTH", detail: "Codex was given no model gateway" });
  const folders = await makeCodexHome(options, { url: gateway.url, features, attempt });
  if (!folders.ok) return folders;
  const env = agentEnvironment(folders.value, { path, attempt, token: gateway.token });
  // A link may lie in a folder that the walls hide; where it leads to is what they show.
  const spec = { command: [await realpath(binary).catch(() => binary)], cwd, env } as const;
  const checked = await check(options.program, spec, startMs);
  if (!checked.ok) return checked;
  const started = await options.program({ ...spec, command: [...spec.command, ...APP_SERVER] });
  if (!started.ok) return fail(notStarted(started.failure));
  const session = new CodexSession(started.value, options);
  const begun = await session.begin(startMs);
  if (begun.ok) return ok(session);
  await session[Symbol.asyncDispose]();
  return begun;
}

/** One after the other: the end of one program ends all that carry the attempt's mark. */
async function check(program: SandboxedProgram, spec: ProgramSpec, ms: number): Promise<Result<void, AgentFailure>> {
  const version = await checkVersion(program, spec, ms);
  return version.ok ? checkSandbox(program, spec, ms) : version;
}

/** Without the switch Codex tries an unreachable model host for ever. */
const APP_SERVER = ["app-server", "--disable", "unbounded_connection_retries"] as const;

function notStarted({ message, cause, hint }: Failure): AgentFailure {
  return { code: "SANDBOX_UNAVAILABLE", detail: `${message}: ${cause} ${hint}` };
}
