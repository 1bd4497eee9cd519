/**
 * What can happen to a task from somewhere else. Only what is `outside` allows another try of the same work: people,
 * other people's commits and checks, another policy, a dependency that landed. What we do ourselves never counts, or a
 * loop could wake itself.
 */
export const TASK_SIGNALS = {
  added: "outside",
  resumed: "outside",
  replayed: "outside",
  approved: "outside",
  extended: "outside",
  foreign_comment: "outside",
  foreign_commit: "outside",
  foreign_check: "outside",
  policy_changed: "outside",
  dependency_done: "outside",
  own_comment: "own",
  own_label: "own",
  own_commit: "own",
  own_check: "own",
  sweep: "own",
} as const;

export type TaskSignal = keyof typeof TASK_SIGNALS;

export function isFromOutside(signal: TaskSignal): boolean {
  return TASK_SIGNALS[signal] === "outside";
}
