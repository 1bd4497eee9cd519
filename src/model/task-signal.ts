/**
 * What can happen to a task from somewhere else. Only what a `person` of ours does or what comes from
 * `outside` allows another try of the same work: other people's words, commits and checks, another policy, a dependency
 * that landed. What we do ourselves never counts, or a loop could wake itself.
 */
export const TASK_SIGNALS = {
  added: "person",
  resumed: "person",
  replayed: "person",
  approved: "person",
  extended: "person",
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
  return TASK_SIGNALS[signal] !== "own";
}

/** A cap that is spent is a person's to widen: others may talk as much as they like. */
export function isFromPerson(signal: TaskSignal): boolean {
  return TASK_SIGNALS[signal] === "person";
}
