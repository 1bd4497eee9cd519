import type { Clock } from "../kit/clock.ts";
import { instantOf } from "../model/time.ts";
import { appendEvent } from "../store/events/append-event.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { storeFact } from "../store/facts/store-fact.ts";
import type { Store } from "../store/store.ts";

/** Notes once that the store exists; true when this call was the first. */
export async function createStore(store: Store, clock: Clock): Promise<boolean> {
  return store.write({ actor: "cli" }, async (tx) => {
    if ((await storeFact(tx, "created_at")) !== null) return false;
    await putStoreFact(tx, "created_at", instantOf(clock.now()));
    await appendEvent(tx, { type: "store.created", key: "store" });
    return true;
  });
}
