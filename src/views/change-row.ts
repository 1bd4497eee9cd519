import type { Change } from "../model/change.ts";
import type { ChangeRow } from "./shapes/run.ts";

export function changeRow(change: Change): ChangeRow {
  const { branch, base, head, files, lines, state, id, simulated } = change;
  return {
    branch,
    base,
    head,
    files,
    lines,
    state,
    id,
    attempt_id: change.attemptId,
    task_id: change.taskId,
    target_branch: change.targetBranch,
    diff_sha256: change.diffSha256,
    simulated,
  };
}
