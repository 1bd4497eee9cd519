import { instantOf, msOf, type Instant } from "../../model/time.ts";
import type { Reader, Tx } from "../store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Forgets the files of attempts that ended more than `olderThanDays` days ago; their rows stay and say `pruned`. Returns
 * the hashes that no attempt points at any more, for the caller to remove from the disk after this has been committed.
 */
export async function pruneArtifacts(tx: Tx, olderThanDays: number): Promise<readonly string[]> {
  const before = instantOf(msOf(tx.now) - olderThanDays * DAY_MS);
  const hashes = new Set([...(await pruneFiles(tx, before)), ...(await pruneOutputs(tx, before))]);
  const used = await stillUsed(tx, [...hashes]);
  return [...hashes].filter((hash) => !used.has(hash)).toSorted();
}

function endedBefore(reader: Reader, before: Instant) {
  return reader.db.selectFrom("attempts").select("id").where("ended_at", "<", before);
}

async function pruneFiles(tx: Tx, before: Instant): Promise<readonly string[]> {
  const old = await tx.db
    .selectFrom("artifacts")
    .select("sha256")
    .where("sha256", "is not", null)
    .where("attempt_id", "in", endedBefore(tx, before))
    .execute();
  await tx.db
    .updateTable("artifacts")
    .set({ sha256: null, bytes: null, absent: "pruned", stored_at: tx.now })
    .where("sha256", "is not", null)
    .where("attempt_id", "in", endedBefore(tx, before))
    .execute();
  return old.flatMap((row) => (row.sha256 === null ? [] : [row.sha256]));
}

/** The output of an acceptance command is a file as well. */
async function pruneOutputs(tx: Tx, before: Instant): Promise<readonly string[]> {
  const old = await tx.db
    .selectFrom("checks")
    .select("output_sha256")
    .where("output_sha256", "is not", null)
    .where("attempt_id", "in", endedBefore(tx, before))
    .execute();
  await tx.db
    .updateTable("checks")
    .set({ output_sha256: null })
    .where("output_sha256", "is not", null)
    .where("attempt_id", "in", endedBefore(tx, before))
    .execute();
  return old.flatMap((row) => (row.output_sha256 === null ? [] : [row.output_sha256]));
}

const PER_QUERY = 500;

async function stillUsed(reader: Reader, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (let at = 0; at < hashes.length; at += PER_QUERY) {
    const part = hashes.slice(at, at + PER_QUERY);
    const files = await reader.db.selectFrom("artifacts").select("sha256").where("sha256", "in", part).execute();
    const outputs = await reader.db
      .selectFrom("checks")
      .select("output_sha256")
      .where("output_sha256", "in", part)
      .execute();
    for (const { sha256 } of files) if (sha256 !== null) used.add(sha256);
    for (const { output_sha256: hash } of outputs) if (hash !== null) used.add(hash);
  }
  return used;
}
