import { canonicalJson } from "../../kit/json.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { CheckResult } from "../../model/verdict.ts";
import { bit, putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";

export interface ChecksDraft {
  readonly attemptId: AttemptId;
  readonly checks: readonly CheckResult[];
  /** The file that holds what they printed; `null` when none is kept. */
  readonly outputSha256: string | null;
}

/** Keeps how the acceptance commands of an attempt ended, in their order. Putting them again changes nothing. */
export async function putChecks(tx: Tx, draft: ChecksDraft): Promise<void> {
  const rows = draft.checks.map((check, index) => ({
    attempt_id: draft.attemptId,
    number: index + 1,
    name: check.name,
    command: canonicalJson(check.command),
    passed: bit(check.passed),
    exit_code: check.exitCode,
    timed_out: bit(check.timedOut),
    seconds: check.seconds,
    output_sha256: draft.outputSha256,
    ran_at: tx.now,
  }));
  await putRows(tx, "checks", { key: ["attempt_id", "number"], then: "ignore", rows });
}
