import type { AttemptId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** Either `sha256` and `bytes` are there, or `absent` says why they are not. */
export interface Artifact {
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** A closed word; `pruned`: it was there and its time was over. */
  readonly absent: string | null;
  readonly storedAt: Instant;
}

/** What an attempt left and what it did not, by name. */
export async function listArtifacts(reader: Reader, attemptId: AttemptId): Promise<readonly Artifact[]> {
  const rows = await reader.db
    .selectFrom("artifacts")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("name")
    .execute();
  return rows.map(({ name, sha256, bytes, absent, stored_at }) => ({
    attemptId,
    name,
    sha256,
    bytes,
    absent,
    storedAt: stored_at as Instant,
  }));
}
