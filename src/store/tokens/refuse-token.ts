import { sha256 } from "../../kit/hash.ts";
import type { AttemptId } from "../../model/ids.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";
import type { TokenUse } from "./mint-token.ts";

/** `forged`: nobody made it · `foreign`: it is good elsewhere, or for another attempt · `expired`: its time or attempt is over. */
export type TokenTrouble = "forged" | "foreign" | "expired";

export interface TokenRefused {
  readonly token: string;
  readonly use: TokenUse;
  /** The attempt that the caller says it is, where it says so. */
  readonly attemptId?: AttemptId;
}

/** Notes that a token was refused, and why: for whoever has just found that it stands for nothing. */
export async function refuseToken(tx: Tx, { token, use, attemptId }: TokenRefused): Promise<TokenTrouble> {
  const hash = sha256(token);
  const row = await tx.db
    .selectFrom("tokens")
    .select(["use", "attempt_id"])
    .where("hash", "=", hash)
    .executeTakeFirst();
  const elsewhere = row !== undefined && (row.use !== use || (attemptId !== undefined && row.attempt_id !== attemptId));
  const trouble = row === undefined ? "forged" : elsewhere ? "foreign" : "expired";
  await noteGuardFired(tx, `token/${trouble}`, row?.attempt_id ?? hash.slice(0, 16));
  return trouble;
}
