import type { BlockReason } from "../../model/blocker.ts";

/** One reason why a task does not run; a task without any is admitted at the next look. */
export interface ExplainRow {
  readonly reason: BlockReason;
  /** `null`: it is not known since when. */
  readonly since: string | null;
  /** One sentence: what ends it, with the command where there is one. */
  readonly lifted_by: string;
  readonly task_id: string | null;
}
