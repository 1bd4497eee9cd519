import { canonicalJson, type Json } from "../../kit/json.ts";
import type { Instant } from "../../model/time.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";

/** Something seen about a subject at a commit. Values hold numbers, yes or no, ids and closed words only. */
export interface Observation {
  /** A closed text, e.g. `check:unit`. */
  readonly name: string;
  readonly value: Json;
  readonly seenAt: Instant;
}

/** What was seen, and when; seeing it again counts only where it was seen later. */
export async function putObservations(
  tx: Tx,
  about: { readonly subject: string; readonly head: string },
  seen: readonly Observation[],
): Promise<void> {
  const before = new Map<string, string>();
  const rows = await tx.db
    .selectFrom("observations")
    .select(["name", "seen_at"])
    .where("subject", "=", about.subject)
    .where("head", "=", about.head)
    .execute();
  for (const { name, seen_at } of rows) before.set(name, seen_at);
  const later = seen.filter(({ name, seenAt }) => seenAt >= (before.get(name) ?? ""));
  await putRows(tx, "observations", {
    rows: later.map(({ name, value, seenAt }) => ({ ...about, name, value: canonicalJson(value), seen_at: seenAt })),
    key: ["subject", "head", "name"],
    then: "update",
  });
}
