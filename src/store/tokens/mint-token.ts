import { sha256 } from "../../kit/hash.ts";
import { randomHex } from "../../kit/random.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";

/** `gateway`: the agent's, for model requests · `host`: the runner's, for the host listener. Neither is good for the other. */
export type TokenUse = "gateway" | "host";

export interface TokenWish {
  readonly use: TokenUse;
  readonly attemptId: AttemptId;
  readonly fence: number;
  readonly expiresAt: Instant;
}

const PREFIX = { gateway: "clg_", host: "clh_" } as const;

/** A new token in the clear, once: the store keeps its hash alone. */
export async function mintToken(tx: Tx, wish: TokenWish): Promise<string> {
  const token = `${PREFIX[wish.use]}${randomHex(32)}`;
  await tx.db
    .insertInto("tokens")
    .values({
      hash: sha256(token),
      use: wish.use,
      attempt_id: wish.attemptId,
      fence: wish.fence,
      expires_at: wish.expiresAt,
      revoked_at: null,
    })
    .execute();
  return token;
}
