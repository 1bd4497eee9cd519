import { sha256 } from "../../kit/hash.ts";
import { idOf } from "../../model/ids.ts";
import type { TokenPayer } from "../../model/model-request.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import type { TokenUse } from "./mint-token.ts";

export interface TokenShown {
  readonly token: string;
  readonly use: TokenUse;
  readonly now: Instant;
}

/**
 * The attempt that a token stands for; `null` when it is good for nothing: unknown, of another use, revoked, expired, of
 * an attempt that has ended or that another fence holds.
 */
export async function tokenPayer(reader: Reader, { token, use, now }: TokenShown): Promise<TokenPayer | null> {
  const row = await reader.db
    .selectFrom("tokens")
    .innerJoin("attempts", "attempts.id", "tokens.attempt_id")
    .select(["tokens.attempt_id", "tokens.fence", "attempts.model"])
    .where("tokens.hash", "=", sha256(token))
    .where("tokens.use", "=", use)
    .where("tokens.revoked_at", "is", null)
    .where("tokens.expires_at", ">", now)
    .whereRef("attempts.fence", "=", "tokens.fence")
    .where("attempts.state", "!=", "ended")
    .executeTakeFirst();
  if (row === undefined) return null;
  return { attemptId: idOf.attempt(row.attempt_id), fence: row.fence, model: row.model };
}
