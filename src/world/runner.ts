import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { z } from "zod";
import { codexAgent } from "../adapters/codex/codex-agent.ts";
import { removeFolder } from "../adapters/disk/trash.ts";
import { gitWorkspace } from "../adapters/git/git-workspace.ts";
import { HostClient } from "../adapters/host/host-client.ts";
import { ownHolder } from "../adapters/process/processes.ts";
import { scriptedAgent } from "../adapters/scripted/scripted-agent.ts";
import { environment } from "../config/environment.ts";
import { systemClock } from "../kit/clock.ts";
import { parseJson } from "../kit/json.ts";
import { fail } from "../kit/result.ts";
import { randomHex } from "../kit/random.ts";
import { idOf } from "../model/ids.ts";
import { ATTEMPT_MARK, type Launch, type Start } from "../model/launch.ts";
import { findSecrets } from "../policy/redact/find-secrets.ts";
import { redactor } from "../policy/redact/redact-text.ts";
import type { Agent } from "../ports/agent.ts";
import { runAttempt } from "../runner/run-attempt.ts";
import type { RunnerWorld } from "../runner/runner-world.ts";
import { openSandbox } from "./sandbox.ts";

/** Carries out the attempt whose `Start` comes as JSON over `stdin`. The exit code is 0 when the host has its verdict. */
export async function runRunner(stdin: Readable, signal: AbortSignal): Promise<number> {
  const start = parseStart(await text(stdin));
  const end = await runAttempt(runnerWorld(start), signal);
  return end.kind === "ended" ? 0 : 1;
}

const startForm = z.object({
  attemptId: z.string().min(1).transform(idOf.attempt),
  fence: z.number().int(),
  host: z.url(),
  token: z.string().min(1),
  trace: z.string(),
});

/** Only our own engine writes it, so anything else is a bug. */
function parseStart(given: string): Start {
  return startForm.parse(parseJson(given));
}

function runnerWorld(start: Start): RunnerWorld {
  const env = passedOn(start);
  const agents = { path: env["PATH"] ?? "", attempt: start.attemptId, environment: env };
  return {
    clock: systemClock,
    holder: ownHolder(),
    host: new HostClient(start, systemClock),
    workspace: gitWorkspace(env["PATH"] ?? ""),
    sandboxOf: ({ codexBinary }) => openSandbox({ codexBinary }),
    agentOf: (launch) => agentOf(launch, agents),
    removeFolder: (folder) => removeFolder(folder, REMOVAL_MS),
    environment: env,
    secretKinds: (given) => [...new Set(findSecrets(given).map(({ kind }) => kind))],
    redact: redactor({ salt: randomHex(16), known: [start.token] }),
  };
}

/** Milliseconds that the last word of an attempt may wait for its folder to be gone. */
const REMOVAL_MS = 5_000;

/** What programs inside the walls may know of our own environment: where programs are, and the language of messages. */
const PASSED_ON = ["PATH", "LANG", "LC_ALL", "TZ"] as const;

function passedOn({ attemptId }: Start): Readonly<Record<string, string>> {
  const own = environment();
  const known = PASSED_ON.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]] as const]));
  return { ...Object.fromEntries(known), [ATTEMPT_MARK]: attemptId };
}

interface AgentSurroundings {
  readonly path: string;
  readonly attempt: string;
  readonly environment: Readonly<Record<string, string>>;
}

function agentOf({ order, codexBinary }: Launch, around: AgentSurroundings): Agent {
  if (order.agent === "scripted") return scriptedAgent({ script: order.script, environment: around.environment });
  const { path, attempt } = around;
  return codexBinary === null ? NO_CODEX : codexAgent({ binary: codexBinary, path, attempt });
}

const NO_CODEX: Agent = {
  open: () => Promise.resolve(fail({ code: "AGENT_NOT_FOUND", detail: "There is no Codex CLI on this machine." })),
};
