import { sql } from "kysely";
import type { Instant } from "../../model/time.ts";
import type { TokenTotal } from "../../model/tokens.ts";
import type { Reader } from "../store.ts";
import { tokenSums, totalOf } from "./token-sums.ts";

export interface UsageByOptions {
  readonly by: "day" | "session" | "model";
  /** Only responses at or after this moment; responses without a time are left out then. */
  readonly since?: Instant;
}

/**
 * Tokens of one key, cut by what a price depends on. Add up the slices of a key for its total. `key` is null where the
 * recording does not say the day or the model.
 */
export interface UsageSlice {
  readonly key: string | null;
  readonly model: string | null;
  /** UTC, `2026-11-20`. */
  readonly day: string | null;
  readonly tokens: TokenTotal;
  readonly responses: number;
}

/** Token usage by key, in the order of the keys. */
export async function usageBy(reader: Reader, options: UsageByOptions): Promise<readonly UsageSlice[]> {
  const day = reader.dialect.dayOf(sql.ref("token_usage.at"));
  const key = options.by === "day" ? day : sql<string | null>`${sql.ref(KEY_COLUMN[options.by])}`;
  let query = reader.db
    .selectFrom("token_usage")
    .select((eb) => [key.as("key"), "model", day.as("day"), ...tokenSums(eb)])
    .groupBy([key, "model", day]);
  if (options.since !== undefined) query = query.where("at", ">=", options.since);
  const slices = await query.execute();
  return slices
    .map((slice) => ({
      key: slice.key,
      model: slice.model,
      day: slice.day,
      tokens: totalOf(slice),
      responses: slice.responses,
    }))
    .toSorted(byKey);
}

const KEY_COLUMN = { session: "token_usage.session_id", model: "token_usage.model" } as const;

/** Unknown keys first; the database's own order of text is not the same on both stores. */
function byKey(left: UsageSlice, right: UsageSlice): number {
  const a = [left.key, left.day, left.model].map((part) => part ?? "");
  const b = [right.key, right.day, right.model].map((part) => part ?? "");
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}
