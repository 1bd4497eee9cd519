import { mkdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Launch } from "../model/launch.ts";
import type { Order, Output } from "../model/order.ts";
import { ROLE_RULES } from "../model/role-card.ts";
import type { AgentSession, TurnEnd } from "../ports/agent.ts";
import type { Door } from "../ports/sandbox.ts";
import type { Commit } from "../ports/workspace.ts";
import { firstMessage, reminder } from "./brief.ts";
import { unlessAborted } from "./course.ts";
import { gitEnding } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { wallsOf } from "./folders.ts";
import { hear } from "./hear.ts";
import { beat } from "./heartbeat.ts";
import { askHost, spend } from "./questions.ts";
import type { Run } from "./run.ts";
import { hiddenOf } from "./setup.ts";

/** What the agent left: a commit of ours, or its last words. */
export interface Worked {
  readonly commit: Commit | null;
  readonly message: string | null;
}

/** Milliseconds that an agent has to end its turn and its session by itself, before its processes are ended. */
const GRACE_MS = 300;
const CLOSING_MS = 2_000;

/** Opens the agent and gives it turns until it has left what its role has to leave. */
export async function work(run: Run): Promise<Result<Worked, Ending>> {
  const opened = await unlessAborted(openAgent(run), run.course.signal);
  if (opened === null) return fail(endingNow(run));
  if (!opened.ok) return fail(endingOf(opened.failure.code, opened.failure.detail));
  try {
    return await turns(run, opened.value);
  } finally {
    await atMost(CLOSING_MS, opened.value[Symbol.asyncDispose]());
  }
}

async function openAgent(run: Run): ReturnType<ReturnType<Run["world"]["agentOf"]>["open"]> {
  const { launch, folders, world } = run;
  const { order, gateway } = launch;
  const { readOnly } = ROLE_RULES[order.role];
  const door = gateway === null ? undefined : doorTo(gateway);
  const around = wallsOf(folders.work, { hidden: hiddenOf(run), network: false, readOnly, door });
  const walls = { ...around, writable: [...around.writable, folders.agent] };
  // Not `recursive`: what is there already was not made by us.
  await mkdir(folders.agent, { mode: 0o700 });
  return world.agentOf(launch).open({
    cwd: folders.work.tree,
    home: folders.work.home,
    state: folders.agent,
    model: order.model,
    instructions: order.instructions,
    readOnly,
    gateway,
    modelIdleMs: launch.modelIdleMs,
    program: run.programs.within(walls),
    ask: (ask) => askHost(run, ask),
    spend: (usage) => spend(run, usage),
    heard: (event) => hear(run, event),
  });
}

/** The gateway has the same address inside as outside: nothing else listens on a loopback of one's own. */
function doorTo({ url, socket }: NonNullable<Launch["gateway"]>): Door {
  return { port: Number(new URL(url).port), socket };
}

async function turns(run: Run, session: AgentSession): Promise<Result<Worked, Ending>> {
  let input = firstMessage(run.launch.order);
  for (let isFirst = true; ; isFirst = false) {
    if (!run.caps.takeTurn()) return fail(endingOf("CAP_TURNS", `${run.caps.turns} turns left no result.`));
    const before = run.caps.toolCalls;
    const ended = await takeTurn(run, session, input);
    if (!ended.ok) return ended;
    const worked = await gather(run, ended.value);
    if (!worked.ok) return worked;
    const missing = missingOf(run.launch.order, worked.value);
    if (missing === undefined) return worked;
    // Reminded, it used no tool: that is its answer, and asking on would only cost.
    if (!isFirst && run.caps.toolCalls === before) return fail(withoutOutput(missing, worked.value));
    input = reminder(missing);
  }
}

/** One turn. Whatever ends the attempt meanwhile interrupts it, and the host may know better why the agent failed. */
async function takeTurn(
  run: Run,
  session: AgentSession,
  input: string,
): Promise<Result<Extract<TurnEnd, { kind: "completed" }>, Ending>> {
  const end = await unlessAborted(session.turn(input), run.course.signal);
  if (end === null) await atMost(GRACE_MS, session.interrupt());
  if (end?.kind === "failed") {
    run.log.tell("failed", { code: end.failure.code, detail: end.failure.detail });
    await beat(run);
  }
  if (run.course.ending !== null) return fail(run.course.ending);
  if (end?.kind === "completed") return ok(end);
  return fail(
    end?.kind === "failed"
      ? endingOf(end.failure.code, end.failure.detail)
      : endingOf("AGENT_INTERRUPTED", "The agent ended its turn before it was done."),
  );
}

/** Commits what the turn left, where the role may leave a change. */
async function gather(run: Run, { lastMessage }: { lastMessage: string | null }): Promise<Result<Worked, Ending>> {
  const { subject, trailers, branch, outputs } = run.launch.order;
  if (!outputs.includes("change")) return ok({ commit: null, message: lastMessage });
  const committed = await run.world.workspace.commit(run.folders.work.tree, { subject, trailers, branch });
  if (!committed.ok) return fail(gitEnding(committed.failure));
  const commit = committed.value;
  if (commit !== null) run.log.tell("committed", { head: commit.head, files: commit.files.length });
  return ok({ commit, message: lastMessage });
}

function missingOf({ outputs }: Order, { commit, message }: Worked): Output | undefined {
  return outputs.find((output) => (output === "change" ? commit === null : (message ?? "").trim() === ""));
}

function withoutOutput(missing: Output, { message }: Worked): Ending {
  if (missing !== "change") return endingOf("NO_OUTPUT", `The agent left no ${missing}.`);
  return endingOf("NO_CHANGE", `The agent changed nothing. Its last words: ${message ?? "none"}`);
}

function endingNow({ course }: Run): Ending {
  return course.ending ?? endingOf("UNKNOWN", "The attempt was ended without a reason.");
}

/** Waits for the promise, but not longer; what it throws then interests nobody. */
async function atMost(ms: number, promise: PromiseLike<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([
    Promise.resolve(promise).catch(() => {}),
    wait(ms, undefined, { signal: late.signal }).catch(() => {}),
  ]);
  late.abort();
}
