import { expect, test } from "vitest";
import { capScopeOf, parseCapScope } from "../../src/model/cap.ts";
import { idOf } from "../../src/model/ids.ts";
import { extendCap } from "../../src/store/caps/extend-cap.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { openCap } from "../../src/store/caps/open-cap.ts";
import { reserveAmounts } from "../../src/store/caps/reserve-amounts.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { storeSuite } from "./store-harness.ts";
import { counters, DAY, MONTH } from "./money-fixture.ts";

const STAMP = { actor: "test" };
const TOKENS = { scope: DAY, unit: "tokens", limit: 100 } as const;

test("[OPS-3] a scope is one of five kinds, and nothing else is", () => {
  for (const good of [
    "attempt/a-1",
    "task/t",
    "idea/i",
    "day/2026-11-20",
    "month/2026-11",
    "day/2026-11-20/simulated",
  ]) {
    expect(parseCapScope(good)).toBe(good);
  }
  for (const bad of ["", "idea/", "idea/a b", "day/today", "month/2026-11-20", "year/2026", "idea/a/simulated"]) {
    expect(parseCapScope(bad)).toBeNull();
  }
});

storeSuite("caps", (open) => {
  test("[RUN-6] a cap follows the settings, keeps what people added, and its counters stay", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openCap(tx, TOKENS));
    await store.write(STAMP, (tx) => reserveAmounts(tx, [{ scope: DAY, unit: "tokens", amount: 60 }]));
    await store.write(STAMP, (tx) => extendCap(tx, { scope: DAY, unit: "tokens", by: 50 }));
    await store.write(STAMP, (tx) => openCap(tx, { ...TOKENS, limit: 200 }));
    expect(await store.read((reader) => counters(reader, DAY))).toEqual(["tokens: 250 60 0"]);
    await store.write(STAMP, (tx) => openCap(tx, { ...TOKENS, limit: null }));
    expect(await store.read((reader) => counters(reader, DAY))).toEqual(["tokens: null 60 0"]);
    await store.write(STAMP, (tx) => openCap(tx, TOKENS));
    expect(await store.read((reader) => counters(reader, DAY))).toEqual(["tokens: 150 60 0"]);
  });

  test("[RUN-6] all amounts are reserved or none, and the last unit of a cap can be taken", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await openCap(tx, TOKENS);
      await openCap(tx, { ...TOKENS, scope: MONTH, limit: 99 });
    });
    const both = (amount: number) => [
      { scope: DAY, unit: "tokens", amount } as const,
      { scope: MONTH, unit: "tokens", amount } as const,
    ];
    expect(await store.write(STAMP, (tx) => reserveAmounts(tx, both(100)))).toMatchObject({ scope: MONTH });
    expect(await store.read((reader) => counters(reader, DAY))).toEqual(["tokens: 100 0 0"]);
    expect(await store.write(STAMP, (tx) => reserveAmounts(tx, both(99)))).toBeNull();
    expect(await store.read((reader) => counters(reader, MONTH))).toEqual(["tokens: 99 99 0"]);
  });

  test("[RUN-6] a cap that nobody opened lets nothing through", async () => {
    await using store = await open();
    const wanted = { scope: DAY, unit: "tokens", amount: 1 } as const;
    expect(await store.write(STAMP, (tx) => reserveAmounts(tx, [wanted]))).toEqual(wanted);
    expect(await store.read((reader) => listCaps(reader, [DAY]))).toEqual([]);
  });

  test("[OPS-3] an extension is bounded by what the settings allow, and told", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openCap(tx, TOKENS));
    const extend = (by: number) => store.write(STAMP, (tx) => extendCap(tx, { scope: DAY, unit: "tokens", by }));
    expect(await extend(101)).toMatchObject({ ok: false, failure: { code: "gate_says_no" } });
    expect(await extend(100)).toMatchObject({ ok: true, value: { cap: 200, extended: 100 } });
    // Still by the first limit, not by what it has become.
    expect(await extend(101)).toMatchObject({ ok: false, failure: { code: "gate_says_no" } });
    expect(await extend(100)).toMatchObject({ ok: true, value: { cap: 300, extended: 200 } });
    const events = await store.read((reader) => readEvents(reader, { limit: 10 }));
    expect(events.map(({ type, payload }) => [type, payload["by"], payload["cap"]])).toEqual([
      ["cap.extended", 100, 200],
      ["cap.extended", 100, 300],
    ]);
  });

  test("[OPS-3] what is not there, has no limit or is an attempt's own is not extended, and says why", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openCap(tx, { ...TOKENS, limit: null }));
    const code = async (scope: typeof DAY): Promise<unknown> => {
      const result = await store.write(STAMP, (tx) => extendCap(tx, { scope, unit: "tokens", by: 1 }));
      return result.ok ? "extended" : result.failure.code;
    };
    expect(await code(MONTH)).toBe("not_found");
    expect(await code(DAY)).toBe("conflict");
    expect(await code(capScopeOf.attempt(idOf.attempt("a")))).toBe("conflict");
    expect(await store.read((reader) => readEvents(reader, { limit: 10 }))).toEqual([]);
  });
});
