import type { Effect, EffectStatus } from "../../model/effect.ts";
import type { Reader } from "../store.ts";
import { effectOf } from "./effect-row.ts";

/** The latest effects first, of one status or of all. */
export async function listEffects(
  reader: Reader,
  filter: { readonly status?: EffectStatus; readonly limit: number },
): Promise<readonly Effect[]> {
  const { status } = filter;
  const rows = await reader.db
    .selectFrom("effects")
    .selectAll()
    .$if(status !== undefined, (query) => query.where("status", "=", status ?? ""))
    .orderBy("id", "desc")
    .limit(filter.limit)
    .execute();
  return rows.map(effectOf);
}
