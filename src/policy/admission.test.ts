import { expect, test } from "vitest";
import { BLOCK_REASONS, type BlockReason } from "../model/blocker.ts";
import { BREAKER_REST_MS, type Breaker } from "../model/breaker.ts";
import { capScopeOf } from "../model/cap.ts";
import { controlScopeOf } from "../model/control.ts";
import { IDEA_STATES } from "../model/idea.ts";
import { idOf, type AttemptId } from "../model/ids.ts";
import type { Redacted } from "../model/redacted.ts";
import { TASK_STATES } from "../model/task.ts";
import { instantOf, type Instant } from "../model/time.ts";
import { blockers, canariesOf } from "./admission.ts";
import type { AdmissionFacts, CapState } from "./admission/facts.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const ago = (ms: number): Instant => instantOf(NOW - ms);
const HOUR = 3_600_000;
/** So many attempts that are open. */
const open = (count: number): readonly AttemptId[] => Array.from({ length: count }, (_, n) => idOf.attempt(`a${n}`));
const READY = { ready: true, fix: "" };

const ADMITTED: AdmissionFacts = {
  now: instantOf(NOW),
  idea: {
    id: idOf.idea("i"),
    repository: "/repo",
    agent: "codex",
    state: "running_tasks",
    reason: null,
    updatedAt: ago(HOUR),
  },
  task: {
    id: idOf.task("t"),
    state: "ready",
    reason: null,
    signalAt: ago(HOUR),
    notBefore: null,
    createdAt: ago(HOUR),
    updatedAt: ago(HOUR),
  },
  head: "h1",
  tried: [],
  controls: [],
  needs: [],
  asked: [],
  openAttempt: null,
  breakers: [],
  caps: [],
  wayOn: null,
  room: { all: { open: open(0), limit: 1 }, repository: { open: open(0), limit: 1 } },
  policy: { decision: "pass", rules: [], at: ago(HOUR) },
  surroundings: { sandbox: READY, agent: READY, key: READY },
};

interface Change extends Partial<Omit<AdmissionFacts, "idea" | "task" | "room" | "policy" | "surroundings">> {
  readonly idea?: Partial<AdmissionFacts["idea"]>;
  readonly task?: Partial<AdmissionFacts["task"]>;
  readonly room?: Partial<AdmissionFacts["room"]>;
  readonly policy?: Partial<AdmissionFacts["policy"]>;
  readonly surroundings?: Partial<AdmissionFacts["surroundings"]>;
}

/** The admitted facts with some of them changed, one level deep. */
function facts(change: Change): AdmissionFacts {
  const { idea, task, room, policy, surroundings, ...others } = change;
  return {
    ...ADMITTED,
    ...others,
    idea: { ...ADMITTED.idea, ...idea },
    task: { ...ADMITTED.task, ...task },
    room: { ...ADMITTED.room, ...room },
    policy: { decision: "pass", rules: [], at: ago(HOUR), ...policy },
    surroundings: { ...ADMITTED.surroundings, ...surroundings },
  };
}

const reasons = (change: Change): readonly BlockReason[] => blockers(facts(change)).map(({ reason }) => reason);

const cap = (wish: Partial<CapState>): CapState => ({
  scope: capScopeOf.day("2026-11-20"),
  unit: "usd",
  cap: 40_000_000,
  extended: 0,
  reserved: 0,
  spent: 0,
  ...wish,
});

const control = (scope: keyof typeof SCOPES, word: "paused" | "stopped") => ({
  scope: SCOPES[scope],
  word,
  reason: "why" as Redacted,
  actor: "cli",
  at: ago(1),
});
const SCOPES = {
  all: controlScopeOf.all,
  repository: controlScopeOf.repository("/repo"),
  otherRepository: controlScopeOf.repository("/other"),
  idea: controlScopeOf.idea(idOf.idea("i")),
  otherIdea: controlScopeOf.idea(idOf.idea("j")),
};

const breaker = (wish: Partial<Breaker> = {}, repositories: readonly string[] = ["/repo"]) => ({
  breaker: {
    signature: "s",
    code: "SETUP_FAILED" as const,
    state: "open" as const,
    tasks: 3,
    canary: null,
    openedAt: ago(HOUR / 60),
    updatedAt: ago(HOUR / 60),
    ...wish,
  },
  repositories,
  agents: ["codex"],
});

test("[RUN-11] a task that nothing holds back is admitted", () => {
  expect(blockers(ADMITTED)).toEqual([]);
  expect(canariesOf(ADMITTED)).toEqual([]);
});

/** One change of the facts for every reason there is, alone. */
const EACH: Readonly<Record<Exclude<BlockReason, "not_served" | "profile_invalid">, Change>> = {
  idea_not_active: { idea: { state: "blocked", reason: "cap" } },
  task_ended: { task: { state: "done" } },
  running: { openAttempt: { id: idOf.attempt("a"), queuedAt: ago(1) } },
  stopped: { controls: [control("all", "stopped")] },
  paused: { controls: [control("repository", "paused")] },
  dependencies: { needs: [{ id: idOf.task("n"), state: "running", since: ago(1) }] },
  awaiting_approval: { asked: [{ id: idOf.approval("p"), askedAt: ago(1) }] },
  parked: { task: { state: "parked", reason: "CAP_USD" } },
  already_tried: { tried: [{ base: "h1", endedAt: ago(1) }] },
  not_before: { task: { notBefore: instantOf(NOW + 1) } },
  sessions_used_up: {
    caps: [cap({ scope: capScopeOf.task(idOf.task("t")), unit: "sessions", cap: 3, extended: 0, spent: 3 })],
  },
  cap_reached: { caps: [cap({ spent: 40_000_000 })] },
  cap_reserved: { caps: [cap({ spent: 39_000_000, reserved: 1_000_000 })] },
  breaker_open: { breakers: [breaker()] },
  policy: { policy: { decision: "unknown", rules: ["freeze"] } },
  repository_full: { room: { repository: { open: open(2), limit: 2 } } },
  parallel_full: { room: { all: { open: open(1), limit: 1 } } },
  head_unknown: { head: null },
  sandbox_missing: { surroundings: { sandbox: { ready: false, fix: "install bubblewrap" } } },
  agent_missing: { surroundings: { agent: { ready: false, fix: "install codex" } } },
  key_missing: { surroundings: { key: { ready: false, fix: "set a key" } } },
};

test("[RUN-11] every reason can hold a task back alone, and says what lifts it in one line", () => {
  for (const [reason, change] of Object.entries(EACH)) {
    expect([reason, reasons(change)]).toEqual([reason, [reason]]);
    expect(blockers(facts(change))[0]?.liftedBy).toMatch(/^\S[^\n]{8,200}$/);
  }
});

test("[RUN-11] all reasons are told at once, in the order of the list", () => {
  const notReady = { ready: false, fix: "install what is missing" };
  const all = facts({
    idea: { state: "paused" },
    task: { state: "parked", notBefore: instantOf(NOW + 1) },
    controls: [control("idea", "paused"), control("all", "stopped")],
    needs: [{ id: idOf.task("n"), state: "running", since: ago(1) }],
    asked: [{ id: idOf.approval("p"), askedAt: ago(1) }],
    tried: [{ base: "h1", endedAt: ago(1) }],
    caps: [
      cap({ spent: 40_000_000 }),
      cap({ scope: capScopeOf.task(idOf.task("t")), unit: "sessions", cap: 1, extended: 0, spent: 1 }),
    ],
    breakers: [breaker()],
    policy: { decision: "deny" },
    room: { all: { open: open(1), limit: 1 }, repository: { open: open(1), limit: 1 } },
    surroundings: { sandbox: notReady, agent: notReady, key: notReady },
  });
  const told = blockers(all).map(({ reason }) => reason);
  expect(told).toEqual([...told].toSorted((left, right) => BLOCK_REASONS.indexOf(left) - BLOCK_REASONS.indexOf(right)));
  expect(told).toHaveLength(new Set(told).size);
  expect(told.length).toBe(17);
});

test("[RUN-12] pause and stop hold what is in their scope and nothing else", () => {
  for (const scope of ["all", "repository", "idea"] as const) {
    expect(reasons({ controls: [control(scope, "paused")] })).toEqual(["paused"]);
    expect(reasons({ controls: [control(scope, "stopped")] })).toEqual(["stopped"]);
  }
  expect(reasons({ controls: [control("otherIdea", "stopped"), control("otherRepository", "paused")] })).toEqual([]);
  const lifts = blockers(facts({ controls: [control("repository", "paused")] })).map(({ liftedBy }) => liftedBy);
  expect(lifts).toEqual(["codex-loop resume --repo /repo"]);
});

test("[RUN-11] a head that was tried is not tried again until something outside has changed", () => {
  const tried = [{ base: "h1", endedAt: ago(HOUR / 2) }];
  expect(reasons({ tried })).toEqual(["already_tried"]);
  expect(reasons({ tried, task: { signalAt: ago(HOUR / 2) } }), "a word of the same moment is older").toEqual([
    "already_tried",
  ]);
  expect(reasons({ tried, task: { signalAt: ago(HOUR / 2 - 1) } })).toEqual([]);
  expect(reasons({ tried, head: "h2" })).toEqual([]);
});

test("[RUN-11] an open breaker lets one canary through after its rest, or at an operator's word about that task", () => {
  const rested = breaker({ updatedAt: ago(BREAKER_REST_MS) });
  expect(reasons({ breakers: [rested] })).toEqual([]);
  expect(canariesOf(facts({ breakers: [rested] }))).toEqual(["s"]);
  expect(reasons({ breakers: [breaker({ updatedAt: ago(BREAKER_REST_MS - 1) })] })).toEqual(["breaker_open"]);
  expect(reasons({ breakers: [breaker()], task: { signalAt: ago(1) } })).toEqual([]);
  expect(
    reasons({ breakers: [breaker()], task: { signalAt: ago(1), createdAt: ago(1) } }),
    "being new is no word",
  ).toEqual(["breaker_open"]);
  const taken = breaker({ state: "canary", updatedAt: ago(2 * BREAKER_REST_MS), canary: idOf.attempt("a") });
  expect(reasons({ breakers: [taken], task: { signalAt: ago(1) } })).toEqual(["breaker_open"]);
  expect(reasons({ breakers: [breaker({}, ["/other"])] })).toEqual([]);
});

test("[RUN-11] unknown blocks: policy, head; only pass passes", () => {
  for (const decision of ["need", "deny", "unknown"] as const)
    expect(reasons({ policy: { decision } })).toEqual(["policy"]);
  expect(blockers({ ...ADMITTED, policy: null })).toEqual([]);
});

test("[RUN-11] only a ready task of a walking idea is admitted, whatever else is true", () => {
  for (const state of TASK_STATES)
    expect([state, reasons({ task: { state } }).length === 0]).toEqual([state, state === "ready"]);
  const walking = IDEA_STATES.filter((state) => reasons({ idea: { state } }).length === 0);
  expect(walking).not.toContain("paused");
  for (const state of ["paused", "awaiting_approval", "blocked", "cancelled", "failed", "completed"] as const)
    expect([state, reasons({ idea: { state } })]).toEqual([state, ["idea_not_active"]]);
});

test("[RUN-11] a park says how to widen the cap that brought it about, where one can be widened", () => {
  const lift = (reason: string | null, wayOn: string | null = null) =>
    blockers(facts({ task: { state: "parked", reason }, wayOn }))[0]?.liftedBy;
  const extend = "codex-loop budget extend i --usd 3";
  expect(lift("CAP_USD", extend)).toBe(`${extend}, or codex-loop run replay t because of CAP_USD`);
  expect(lift("CAP_MINUTES")).toBe("codex-loop run replay t because of CAP_MINUTES");
  expect(lift(null)).toBe("codex-loop run replay t");
});

test("[RUN-11] each reason that is a guard kept here names it, so that it can be noted", () => {
  const named = (change: Change) => blockers(facts(change)).map(({ guard }) => guard);
  expect(named(EACH.paused)).toEqual(["pause"]);
  expect(named(EACH.stopped)).toEqual(["stop"]);
  expect(named(EACH.already_tried)).toEqual(["same_head"]);
  expect(named(EACH.cap_reached)).toEqual(["cap/day/usd"]);
  expect(named(EACH.sessions_used_up), "noted when the task is parked").toEqual([undefined]);
});

test("[RUN-11] a cap with anything left, or none, holds nothing back", () => {
  const day = (spent: number, reserved = 0) =>
    reasons({ caps: [cap({ spent, reserved }), cap({ cap: null, extended: 0, spent: 10 ** 12 })] });
  expect(day(39_999_999)).toEqual([]);
  expect(day(39_999_999, 1)).toEqual(["cap_reserved"]);
  const [told] = blockers(facts({ caps: [cap({ spent: 37_000_000, reserved: 3_000_000 })] }));
  expect(told?.liftedBy).toBe(
    "the end of what is running, or the end of day 2026-11-20, or codex-loop budget extend day/2026-11-20 --usd N (day/2026-11-20: 37 USD spent and 3 USD reserved of 40 USD)",
  );
});

test("[RUN-11] a full machine or repository names the run that makes room, and the command that ends it", () => {
  const lift = (count: number): readonly string[] =>
    blockers(facts({ room: { all: { open: open(count), limit: 1 } } })).map(({ liftedBy }) => liftedBy);
  expect(lift(1)).toEqual(["the end of run a0 (max_parallel is 1), or codex-loop run cancel a0"]);
  expect(lift(2)).toEqual(["the end of run a0 or another of 2 (max_parallel is 1), or codex-loop run cancel a0"]);
});
