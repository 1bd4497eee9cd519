/** Writes one row per transaction for as long as it lives, and prints the row's name after the commit. */
import { openShared, type Shared } from "../jobs/open-shared.ts";

// The order is our own test's.
const order = JSON.parse(process.argv[2] ?? "") as { readonly shared: Shared; readonly name: string };
await using store = await openShared(order.shared);
for (let n = 0; ; n += 1) {
  const name = `${order.name}-${n}`;
  await store.write({ actor: "test" }, (tx) =>
    tx.db.insertInto("consumer_cursors").values({ consumer: name, position: "1", updated_at: tx.now }).execute(),
  );
  process.stdout.write(`${name}\n`);
}
