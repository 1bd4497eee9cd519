import { sha256 } from "../../kit/hash.ts";
import type { GuardName } from "../../model/guard.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Reader, Tx } from "../store.ts";
import type { TokenShown } from "./token-payer.ts";

/** Notes that a token was turned away, and why; nothing of the token itself is kept but the start of its hash. */
export async function noteBadToken(tx: Tx, shown: Omit<TokenShown, "now">): Promise<void> {
  await noteGuardFired(tx, await troubleWith(tx, shown), sha256(shown.token).slice(0, 16));
}

async function troubleWith(reader: Reader, { token, use }: Omit<TokenShown, "now">): Promise<GuardName> {
  const row = await reader.db.selectFrom("tokens").select("use").where("hash", "=", sha256(token)).executeTakeFirst();
  if (row === undefined) return "token/forged";
  return row.use === use ? "token/expired" : "token/foreign";
}
