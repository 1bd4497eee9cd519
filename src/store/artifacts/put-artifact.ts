import type { AttemptId } from "../../model/ids.ts";
import type { AbsentReason, ArtifactName } from "../../model/verdict.ts";
import type { Tx } from "../store.ts";

/** A file an attempt left, or why it left none of that name. */
export type ArtifactWish = { readonly attemptId: AttemptId; readonly name: ArtifactName } & (
  | {
      readonly sha256: string;
      readonly bytes: number;
      /** Version of the redaction rules it went through. */ readonly redaction: number;
    }
  | { readonly absent: AbsentReason }
);

/** Lists an artifact of an attempt; again with other bytes takes its place, and what is there is never made absent. */
export async function putArtifact(tx: Tx, wish: ArtifactWish): Promise<void> {
  const there = "sha256" in wish;
  const file = there
    ? { sha256: wish.sha256, bytes: wish.bytes, absent: null, redaction: wish.redaction, stored_at: tx.now }
    : { sha256: null, bytes: null, absent: wish.absent, redaction: 0, stored_at: tx.now };
  const { attemptId: attempt_id, name } = wish;
  await tx.db
    .insertInto("artifacts")
    .values({ attempt_id, name, ...file })
    .onConflict((conflict) => {
      const update = conflict.columns(["attempt_id", "name"]).doUpdateSet(file);
      return there ? update : update.where("artifacts.sha256", "is", null);
    })
    .execute();
}
