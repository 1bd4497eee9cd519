import { parseJson } from "../../kit/json.ts";
import type { Check } from "../../model/check.ts";
import { idOf, type AttemptId } from "../../model/ids.ts";
import type { CommandLine } from "../../model/profile.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** The acceptance commands of an attempt in the order they ran. */
export async function listChecks(reader: Reader, attemptId: AttemptId): Promise<readonly Check[]> {
  const rows = await reader.db
    .selectFrom("checks")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({
    attemptId: idOf.attempt(row.attempt_id),
    number: row.number,
    name: row.name,
    // Only `putChecks` writes commands and times.
    command: parseJson(row.command) as CommandLine,
    passed: row.passed === 1,
    exitCode: row.exit_code,
    timedOut: row.timed_out === 1,
    seconds: row.seconds,
    outputSha256: row.output_sha256,
    ranAt: row.ran_at as Instant,
  }));
}
