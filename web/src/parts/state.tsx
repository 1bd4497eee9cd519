import type { ReactElement } from "react";
import type { ApprovalState } from "../../../src/model/approval.ts";
import type { AttemptOutcome, AttemptState } from "../../../src/model/attempt.ts";
import type { IdeaState } from "../../../src/model/idea.ts";
import type { TaskState } from "../../../src/model/task.ts";
import { Icon, type IconName } from "./icon.tsx";

export type StateWord = IdeaState | TaskState | AttemptState | AttemptOutcome | ApprovalState;

interface Look {
  readonly icon: IconName;
  readonly tone: string;
}

const GOOD: Look = { icon: "check", tone: "text-delight" };
const BAD: Look = { icon: "cross", tone: "text-friction" };
const GOING: Look = { icon: "play", tone: "text-accent" };
const WAITING: Look = { icon: "dots", tone: "text-muted" };
const PERSON: Look = { icon: "alert", tone: "text-caution" };
const HELD: Look = { icon: "stop", tone: "text-caution" };
const GONE: Look = { icon: "ban", tone: "text-muted" };

const LOOKS: { readonly [State in StateWord]: Look } = {
  registered: WAITING,
  planning: GOING,
  plan_ready: WAITING,
  awaiting_dependencies: WAITING,
  running_tasks: GOING,
  qa_review: GOING,
  integration: GOING,
  deployment: GOING,
  monitoring: GOING,
  remediation: { icon: "again", tone: "text-caution" },
  completed: GOOD,
  paused: HELD,
  awaiting_approval: PERSON,
  blocked: { icon: "lock", tone: "text-friction" },
  cancelled: GONE,
  failed: BAD,
  pending: WAITING,
  ready: WAITING,
  claimed: GOING,
  running: GOING,
  verifying: GOING,
  done: GOOD,
  parked: HELD,
  queued: WAITING,
  ended: GONE,
  succeeded: GOOD,
  capped: { icon: "lock", tone: "text-caution" },
  lost: { icon: "alert", tone: "text-muted" },
  asked: PERSON,
  granted: GOOD,
  denied: BAD,
  expired: HELD,
  void: GONE,
};

/** How far an idea, a task, a run or a question is: icon, word and colour say the same thing. */
export function State({ state }: { readonly state: StateWord }): ReactElement {
  const { icon, tone } = LOOKS[state];
  return (
    <span className={`inline-flex items-baseline gap-1 whitespace-nowrap ${tone}`}>
      <Icon name={icon} />
      {state}
    </span>
  );
}

/** Whatever a script played or a canned model answered says so wherever it is shown. */
export function Simulated({ is }: { readonly is: boolean }): ReactElement | null {
  if (!is) return null;
  return (
    <span
      title="A script did this, not an agent: nothing here says how well an agent works."
      className="inline-flex shrink-0 items-center rounded bg-caution-soft px-1.5 text-mini font-medium text-caution"
    >
      simulated
    </span>
  );
}
