import { appendEvent } from "../../src/store/events/append-event.ts";
import type { Store } from "../../src/store/store.ts";

/** Appends `count` events with the keys k1, k2 … in one transaction each hundred. */
export async function appendMany(store: Store, count: number): Promise<void> {
  for (let from = 1; from <= count; from += 100) {
    await store.write({ actor: "test" }, async (tx) => {
      for (let n = from; n < from + 100 && n <= count; n += 1) {
        await appendEvent(tx, { type: "signals.computed", key: `k${n}`, payload: { n } });
      }
    });
  }
}
