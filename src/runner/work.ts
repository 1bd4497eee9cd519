import { mkdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Launch } from "../model/launch.ts";
import { ROLE_RULES } from "../model/role-card.ts";
import type { AgentSession, TurnEnd } from "../ports/agent.ts";
import type { Door } from "../ports/sandbox.ts";
import { firstMessage, reminder } from "./brief.ts";
import { unlessAborted } from "./course.ts";
import { endingOf, type Ending } from "./ending.ts";
import { wallsOf } from "./folders.ts";
import { gather, missingNow, type Worked } from "./gather.ts";
import { hear } from "./hear.ts";
import { beat } from "./heartbeat.ts";
import { askHost, spend } from "./questions.ts";
import type { Run } from "./run.ts";
import { hiddenOf } from "./setup.ts";

/** Milliseconds that an agent has to end its turn and its session by itself, before its processes are ended. */
const GRACE_MS = 300;
const CLOSING_MS = 2_000;

/** Opens the agent, gives it turns until it seems to have left what its role has to leave, ends it, and gathers that. */
export async function work(run: Run): Promise<Result<Worked, Ending>> {
  const opened = await unlessAborted(openAgent(run), run.course.signal);
  if (opened === null) return fail(endingNow(run));
  if (!opened.ok) return fail(endingOf(opened.failure.code, opened.failure.detail));
  const said = await untilClosed(run, opened.value);
  if (!said.ok) return said;
  // What the agent left running could swap a folder with a link while we commit, from outside of the walls.
  await run.programs.killAll();
  return gather(run, said.value);
}

async function untilClosed(run: Run, session: AgentSession): Promise<Result<string | null, Ending>> {
  try {
    return await turns(run, session);
  } finally {
    await atMost(CLOSING_MS, session[Symbol.asyncDispose]());
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

/** The agent's last words. */
async function turns(run: Run, session: AgentSession): Promise<Result<string | null, Ending>> {
  let input = firstMessage(run.launch.order);
  for (let isFirst = true; ; isFirst = false) {
    if (!run.caps.takeTurn()) return fail(endingOf("CAP_TURNS", `${run.caps.turns} turns left no result.`));
    const before = run.caps.toolCalls;
    const ended = await takeTurn(run, session, input);
    if (!ended.ok) return ended;
    const { lastMessage } = ended.value;
    const missing = await missingNow(run, lastMessage);
    if (run.course.ending !== null) return fail(run.course.ending);
    // Reminded, it used no tool: that is its answer, and asking on would only cost.
    const isAnswer = !isFirst && run.caps.toolCalls === before;
    if (missing === undefined || isAnswer) return ok(lastMessage);
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
    await beat(run);
    const { code, detail } = run.course.ending?.failure ?? end.failure;
    run.log.tell("failed", { code, detail });
  }
  if (run.course.ending !== null) return fail(run.course.ending);
  if (end?.kind === "completed") return ok(end);
  return fail(
    end?.kind === "failed"
      ? endingOf(end.failure.code, end.failure.detail)
      : endingOf("AGENT_INTERRUPTED", "The agent ended its turn before it was done."),
  );
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
