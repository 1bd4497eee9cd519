/**
 * The one function that says whether a task may run: it lists every reason why not, in one order, and a task is admitted
 * exactly when the list is empty. Dispatch asks it in the transaction that claims; `explain` prints what it says.
 */
import { BREAKER_REST_MS, type BreakerReach } from "../model/breaker.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Cap } from "../model/cap.ts";
import { controlsOver, type Control } from "../model/control.ts";
import { ENDED_IDEA_STATES, type Idea } from "../model/idea.ts";
import type { ApprovalId, AttemptId, TaskId } from "../model/ids.ts";
import type { Task, TaskState } from "../model/task.ts";
import { instantOf, msOf, type Instant } from "../model/time.ts";

/** Something an attempt cannot do without. */
export interface Readiness {
  readonly ready: boolean;
  /** What to do where it is not ready, one sentence. */
  readonly fix: string;
}

/** How many attempts are open, and how many may be. */
export interface Room {
  readonly open: number;
  readonly limit: number;
}

/** What policy said at the gate `dispatch`. */
export interface DispatchVerdict {
  readonly decision: "pass" | "need" | "deny" | "unknown";
  readonly rules: readonly string[];
  readonly at: Instant;
}

export interface AdmissionFacts {
  readonly now: Instant;
  readonly idea: Pick<Idea, "id" | "repository" | "agent" | "state" | "reason" | "updatedAt">;
  readonly task: Pick<Task, "id" | "state" | "reason" | "signalAt" | "notBefore" | "createdAt" | "updatedAt">;
  /** The head of the target branch as it is now; `null` when it cannot be read. */
  readonly head: string | null;
  /** The task's attempts that ended for good (not lost, not a wait), at least the latest of each base. */
  readonly tried: readonly { readonly base: string; readonly endedAt: Instant }[];
  /** All controls there are. */
  readonly controls: readonly Control[];
  /** Tasks it waits for that are not done. */
  readonly needs: readonly { readonly id: TaskId; readonly state: TaskState; readonly since: Instant }[];
  /** Its open questions. */
  readonly asked: readonly { readonly id: ApprovalId; readonly askedAt: Instant }[];
  /** Its attempt that has not ended. */
  readonly openAttempt: { readonly id: AttemptId; readonly queuedAt: Instant } | null;
  /** Breakers that are not closed. */
  readonly breakers: readonly BreakerReach[];
  /** The caps it would spend from: its own sessions, its idea's, the day's, the month's. */
  readonly caps: readonly Cap[];
  readonly room: { readonly all: Room; readonly repository: Room };
  /** `null`: no rule is asked before a start. */
  readonly policy: DispatchVerdict | null;
  readonly surroundings: { readonly sandbox: Readiness; readonly agent: Readiness; readonly key: Readiness };
}

/** Every reason why the task does not run, in the order of `BLOCK_REASONS`; empty: it may. */
export function blockers(facts: AdmissionFacts): readonly Blocker[] {
  return CHECKS.flatMap((check) => check(facts));
}

/** The breakers whose canary this task becomes when it is admitted: each has to be claimed with the task. */
export function canariesOf(facts: AdmissionFacts): readonly string[] {
  return reaching(facts).flatMap(({ breaker }) => (mayBeCanary(facts, breaker) ? [breaker.signature] : []));
}

type Check = (facts: AdmissionFacts) => readonly Blocker[];

const ACTIVE = new Set(["registered", "plan_ready", "awaiting_dependencies", "running_tasks", "remediation"]);
const ENDED: readonly TaskState[] = ["done", "failed", "cancelled"];
const RUNNING: readonly TaskState[] = ["claimed", "running", "verifying"];

const ideaNotActive: Check = ({ idea, task }) => {
  if (ACTIVE.has(idea.state) || (idea.state === "awaiting_approval" && task.state !== "ready")) return [];
  const ended = ENDED_IDEA_STATES.includes(idea.state);
  const lift = ended
    ? `nothing: idea ${idea.id} is ${idea.state}; add it again with codex-loop idea add`
    : `codex-loop idea resume ${idea.id} (it is ${words(idea.state)}${because(idea.reason)})`;
  return [{ reason: "idea_not_active", since: idea.updatedAt, liftedBy: lift }];
};

const taskEnded: Check = ({ task }) => {
  if (!ENDED.includes(task.state)) return [];
  const lift =
    task.state === "failed"
      ? `codex-loop run replay ${task.id}, once the cause is mended`
      : `nothing: it is ${task.state}`;
  return [{ reason: "task_ended", since: task.updatedAt, liftedBy: `${lift}${because(task.reason)}` }];
};

const running: Check = ({ task, openAttempt }) => {
  if (openAttempt !== null)
    return [{ reason: "running", since: openAttempt.queuedAt, liftedBy: `the end of attempt ${openAttempt.id}` }];
  if (!RUNNING.includes(task.state)) return [];
  return [{ reason: "running", since: task.updatedAt, liftedBy: `the end of what it does now: it is ${task.state}` }];
};

const heldBy =
  (word: Control["word"]): Check =>
  ({ controls, idea }) =>
    controlsOver(controls, idea)
      .filter((control) => control.word === word)
      .map((control) => ({ reason: word, since: control.at, liftedBy: liftOf(control, idea) }));

function liftOf({ scope }: Control, idea: AdmissionFacts["idea"]): string {
  if (scope === "all") return "codex-loop resume";
  return scope.startsWith("idea/")
    ? `codex-loop resume --idea ${idea.id}`
    : `codex-loop resume --repo ${idea.repository}`;
}

const dependencies: Check = ({ needs }) =>
  needs.map((need) => ({
    reason: "dependencies",
    since: need.since,
    liftedBy: `task ${need.id} being done (it is ${words(need.state)})`,
  }));

const awaitingApproval: Check = ({ asked, task }) => {
  if (asked.length > 0)
    return asked.map(({ id, askedAt }) => ({
      reason: "awaiting_approval",
      since: askedAt,
      liftedBy: `codex-loop approvals grant ${id}, or deny`,
    }));
  if (task.state !== "awaiting_approval") return [];
  const lift = `codex-loop run replay ${task.id}, or looking at its branch${because(task.reason)}`;
  return [{ reason: "awaiting_approval", since: task.updatedAt, liftedBy: lift }];
};

const parked: Check = ({ task }) => {
  if (task.state !== "parked") return [];
  const extend = task.reason?.startsWith("cap") === true ? `codex-loop budget extend ${task.id}, or ` : "";
  return [
    {
      reason: "parked",
      since: task.updatedAt,
      liftedBy: `${extend}codex-loop run replay ${task.id}${because(task.reason)}`,
    },
  ];
};

/** What was tried on this head and ended gives the same end again, unless something outside has changed since. */
const alreadyTried: Check = ({ tried, head, task }) => {
  if (ENDED.includes(task.state)) return [];
  const same = tried.filter((attempt) => attempt.base === head && attempt.endedAt >= task.signalAt);
  const last = same
    .map(({ endedAt }) => endedAt)
    .toSorted()
    .at(-1);
  if (last === undefined) return [];
  return [
    {
      reason: "already_tried",
      since: last,
      liftedBy: `a new commit on the target branch, or codex-loop run replay ${task.id}`,
    },
  ];
};

const notBefore: Check = ({ task, now }) =>
  task.notBefore === null || task.notBefore <= now
    ? []
    : [{ reason: "not_before", since: task.updatedAt, liftedBy: `time: it is tried again at ${task.notBefore}` }];

const caps: Check = ({ caps: all, task }) =>
  all.flatMap((cap) => {
    if (cap.cap === null || cap.spent + cap.reserved < cap.cap) return [];
    const used = `${cap.spent + cap.reserved} of ${cap.cap} ${cap.unit === "usd" ? "micro-dollars" : cap.unit}`;
    const lift = `${freedBy(cap, task.id)} (${cap.scope}: ${used} spent or reserved)`;
    return [{ reason: cap.unit === "sessions" ? "sessions_used_up" : "cap_reached", since: null, liftedBy: lift }];
  });

function freedBy({ scope, reserved }: Cap, task: TaskId): string {
  const [kind = "", name = ""] = scope.split("/");
  const ends = reserved > 0 ? "the end of what is running, or " : "";
  if (kind === "day" || kind === "month") return `${ends}the end of ${kind} ${name}, or a higher caps.${kind}`;
  return `${ends}codex-loop budget extend ${kind === "task" ? task : name}`;
}

const breakerOpen: Check = (facts) =>
  reaching(facts)
    .filter(({ breaker }) => !mayBeCanary(facts, breaker))
    .map(({ breaker }) => ({
      reason: "breaker_open",
      since: breaker.openedAt,
      liftedBy: breakerLift(facts, breaker),
    }));

function breakerLift(
  { task }: AdmissionFacts,
  { code, tasks, state, canary, updatedAt }: BreakerReach["breaker"],
): string {
  const why = `${tasks} tasks failed alike with ${code}`;
  if (state === "canary") return `the success of the canary, attempt ${canary ?? "unknown"} (${why})`;
  const next = instantOf(msOf(updatedAt) + BREAKER_REST_MS);
  return `one canary after ${next}, or codex-loop run replay ${task.id} once the cause is mended (${why})`;
}

function reaching({ breakers, idea }: AdmissionFacts): readonly BreakerReach[] {
  return breakers.filter(
    ({ repositories, agents }) => repositories.includes(idea.repository) && agents.includes(idea.agent),
  );
}

/** An operator's word about this very task, given after the breaker opened, need not wait for its rest to be over. */
function mayBeCanary({ now, task }: AdmissionFacts, { state, updatedAt }: BreakerReach["breaker"]): boolean {
  if (state !== "open") return false;
  const askedFor = task.signalAt > task.createdAt && task.signalAt > updatedAt;
  return askedFor || msOf(now) >= msOf(updatedAt) + BREAKER_REST_MS;
}

const policySaysNo: Check = ({ policy }) => {
  if (policy === null || policy.decision === "pass") return [];
  const rules = policy.rules.length === 0 ? "" : ` by ${policy.rules.join(", ")}`;
  const lift =
    policy.decision === "need" ? "what the rule asks for" : "a change of .codex-loop/policy.yaml on the target branch";
  return [{ reason: "policy", since: policy.at, liftedBy: `${lift} (policy says ${policy.decision}${rules})` }];
};

const noRoom: Check = ({ room, openAttempt }) => {
  if (openAttempt !== null) return [];
  const full = ({ open, limit }: Room): boolean => open >= limit;
  const told = (what: string, { open, limit }: Room): string =>
    `the end of one of ${open} running attempts (${what} ${limit})`;
  return [
    ...(full(room.repository)
      ? [
          {
            reason: "repository_full" as const,
            since: null,
            liftedBy: told("the profile's max_parallel is", room.repository),
          },
        ]
      : []),
    ...(full(room.all)
      ? [{ reason: "parallel_full" as const, since: null, liftedBy: told("max_parallel is", room.all) }]
      : []),
  ];
};

const headUnknown: Check = ({ head, idea }) =>
  head === null
    ? [
        {
          reason: "head_unknown",
          since: null,
          liftedBy: `a readable repository and target branch at ${idea.repository}`,
        },
      ]
    : [];

const surroundings: Check = ({ surroundings: { sandbox, agent, key } }) => [
  ...(sandbox.ready ? [] : [{ reason: "sandbox_missing" as const, since: null, liftedBy: sandbox.fix }]),
  ...(agent.ready ? [] : [{ reason: "agent_missing" as const, since: null, liftedBy: agent.fix }]),
  ...(key.ready ? [] : [{ reason: "key_missing" as const, since: null, liftedBy: key.fix }]),
];

const CHECKS: readonly Check[] = [
  ideaNotActive,
  taskEnded,
  running,
  heldBy("stopped"),
  heldBy("paused"),
  dependencies,
  awaitingApproval,
  parked,
  alreadyTried,
  notBefore,
  caps,
  breakerOpen,
  policySaysNo,
  noRoom,
  headUnknown,
  surroundings,
];

function words(state: string): string {
  return state.replaceAll("_", " ");
}

function because(reason: string | null): string {
  return reason === null ? "" : ` because of ${words(reason)}`;
}
