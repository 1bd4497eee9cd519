import { WALKING_IDEA_STATES } from "../../model/idea-transitions.ts";
import { ENDED_IDEA_STATES, type IdeaState } from "../../model/idea.ts";
import type { TaskState } from "../../model/task.ts";
import { because, words, type Check } from "./facts.ts";

const WALKING: ReadonlySet<IdeaState> = new Set(WALKING_IDEA_STATES);
const ENDED: readonly TaskState[] = ["done", "failed", "cancelled"];
const RUNNING: readonly TaskState[] = ["claimed", "running", "verifying"];

export const ideaNotActive: Check = ({ idea, task }) => {
  if (WALKING.has(idea.state) || (idea.state === "awaiting_approval" && task.state !== "ready")) return [];
  const ended = ENDED_IDEA_STATES.includes(idea.state);
  const lift = ended
    ? `nothing: idea ${idea.id} is ${idea.state}; add it again with codex-loop idea add`
    : `codex-loop idea resume ${idea.id} (it is ${words(idea.state)}${because(idea.reason)})`;
  return [{ reason: "idea_not_active", since: idea.updatedAt, liftedBy: lift }];
};

export const taskEnded: Check = ({ task }) => {
  if (!ENDED.includes(task.state)) return [];
  const lift =
    task.state === "failed"
      ? `codex-loop run replay ${task.id}, once the cause is mended`
      : `nothing: it is ${task.state}`;
  return [{ reason: "task_ended", since: task.updatedAt, liftedBy: `${lift}${because(task.reason)}` }];
};

export const running: Check = ({ task, openAttempt }) => {
  if (openAttempt !== null)
    return [{ reason: "running", since: openAttempt.queuedAt, liftedBy: `the end of attempt ${openAttempt.id}` }];
  if (!RUNNING.includes(task.state)) return [];
  return [{ reason: "running", since: task.updatedAt, liftedBy: `the end of what it does now: it is ${task.state}` }];
};

export const dependencies: Check = ({ needs, task }) => {
  if (needs.length === 0 && task.state === "pending")
    return [
      { reason: "dependencies", since: task.updatedAt, liftedBy: "the loop making it ready: it waits for nothing" },
    ];
  return needs.map((need) => ({
    reason: "dependencies",
    since: need.since,
    liftedBy: `task ${need.id} being done (it is ${words(need.state)})`,
  }));
};

export const awaitingApproval: Check = ({ asked, task }) => {
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

export const parked: Check = ({ task, wayOn }) => {
  if (task.state !== "parked") return [];
  const lift = `${wayOn === null ? "" : `${wayOn}, or `}codex-loop run replay ${task.id}`;
  return [{ reason: "parked", since: task.updatedAt, liftedBy: `${lift}${because(task.reason)}` }];
};
