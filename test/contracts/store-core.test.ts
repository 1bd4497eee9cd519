import { expect, test } from "vitest";
import { storeSuite } from "./store-harness.ts";

storeSuite("the core of a store", (open) => {
  test("[STO-7] a write inside a write throws, and the outer one can still commit (law 2)", async () => {
    await using store = await open();
    await store.write({ actor: "test" }, async (tx) => {
      await tx.db.insertInto("store_facts").values({ name: "outer", value: "1" }).execute();
      await expect(store.write({ actor: "test" }, async () => undefined)).rejects.toThrow(
        "store.write inside store.write",
      );
      await expect(store.read(async () => undefined)).rejects.toThrow("store.read inside store.write");
    });
    const facts = await store.read((reader) => reader.db.selectFrom("store_facts").selectAll().execute());
    expect(facts).toEqual([{ name: "outer", value: "1" }]);
  });
});
