import { parseJson, type Json } from "../../kit/json.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import type { Observation } from "./put-observations.ts";

/** What was seen about a subject at exactly this commit, by name. */
export async function readObservations(
  reader: Reader,
  about: { readonly subject: string; readonly head: string },
): Promise<readonly Observation[]> {
  const rows = await reader.db
    .selectFrom("observations")
    .select(["name", "value", "seen_at"])
    .where("subject", "=", about.subject)
    .where("head", "=", about.head)
    .orderBy("name")
    .execute();
  // Only `putObservations` writes these rows.
  return rows.map(({ name, value, seen_at }) => ({
    name,
    value: parseJson(value) as Json,
    seenAt: seen_at as Instant,
  }));
}
