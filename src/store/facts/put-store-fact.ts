import type { Tx } from "../store.ts";
import type { FactName } from "./store-fact.ts";

/** Puts a fact about the store in the place of the one before. */
export async function putStoreFact(tx: Tx, name: FactName, value: string): Promise<void> {
  await tx.db
    .insertInto("store_facts")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
