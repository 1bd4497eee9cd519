import type { TokenTotal } from "../../model/tokens.ts";
import type { Reader } from "../store.ts";
import { tokenSums, totalOf } from "./token-sums.ts";

/** All tokens of the store; `null` when no recording holds any. */
export async function sumTokenUsage(reader: Reader): Promise<TokenTotal | null> {
  const sums = await reader.db
    .selectFrom("token_usage")
    .select((eb) => tokenSums(eb))
    .executeTakeFirstOrThrow();
  return sums.responses === 0 ? null : totalOf(sums);
}
