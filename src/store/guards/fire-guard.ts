import { isClosedText } from "../../model/event.ts";
import type { Tx } from "../store.ts";

/** Notes that a guard has really fired: `name` like `cap/attempt/usd`, `subject` what it held back. Both are closed words. */
export async function fireGuard(tx: Tx, name: string, subject: string): Promise<void> {
  if (!isClosedText(name) || !isClosedText(subject)) throw new Error("a guard's name and subject are closed words");
  await tx.db
    .insertInto("guards")
    .values({ name, times: 1, last_at: tx.now, subject })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((eb) => ({
        times: eb("guards.times", "+", 1),
        last_at: eb.ref("excluded.last_at"),
        subject: eb.ref("excluded.subject"),
      })),
    )
    .execute();
}
