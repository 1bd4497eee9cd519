import type { TaskState } from "../../model/task.ts";
import type { Check } from "./facts.ts";

const ENDED: readonly TaskState[] = ["done", "failed", "cancelled"];

/** What was tried on this head and ended gives the same end again, unless something outside has changed since. */
export const alreadyTried: Check = ({ tried, head, task }) => {
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
      guard: "same_head",
    },
  ];
};

export const notBefore: Check = ({ task, now }) =>
  task.notBefore === null || task.notBefore <= now
    ? []
    : [{ reason: "not_before", since: task.updatedAt, liftedBy: `time: it is tried again at ${task.notBefore}` }];
