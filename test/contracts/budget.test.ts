import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { extendBudget } from "../../src/loop/extend-budget.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import type { Store } from "../../src/store/store.ts";
import { budgetRows } from "../../src/views/budget-rows.ts";
import { DAY, LIMITS, openAttempt } from "./money-fixture.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const QUERY = { limits: LIMITS, now: instantOf(SUITE_START), limit: 100 };

async function shown(store: Store, limits: typeof LIMITS = LIMITS): Promise<readonly string[]> {
  const rows = await store.read((reader) => budgetRows(reader, { ...QUERY, limits }));
  return rows.map(({ scope, unit, cap, reserved, spent }) => `${scope} ${unit} ${cap} ${reserved} ${spent}`);
}

storeSuite("budgets", (open) => {
  test("[OPS-3] today and this month are shown before anything was spent, money in dollars", async () => {
    await using store = await open();
    expect(await shown(store)).toEqual([
      "day/2026-11-20 usd 0.04 0 0",
      "day/2026-11-20 tokens 10000 0 0",
      "month/2026-11 usd 0.9 0 0",
      "month/2026-11 tokens 100000 0 0",
    ]);
  });

  test("[OPS-3] what is reserved is shown, each cap once, today's by the settings of now", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, idOf.attempt("a")));
    const rows = await shown(store, { ...LIMITS, dayTokens: 500 });
    expect(rows.slice(0, 2)).toEqual(["day/2026-11-20 usd 0.04 0.003 0", "day/2026-11-20 tokens 500 1000 0"]);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).toContain("task/task-1 sessions 3 1 0");
    expect(rows).toContain("idea/idea-1 usd 0.009 0.003 0");
    expect(rows).toContain("attempt/a tokens 1000 0 0");
  });

  test("[OPS-3] what a simulated attempt pays into is simulated from the first reservation on, and today is not", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, idOf.attempt("a"), { simulated: true }));
    const rows = await store.read((reader) => budgetRows(reader, QUERY));
    const words = Map.groupBy(rows, ({ provenance }) => provenance);
    const scopesOf = (word: "measured" | "simulated") =>
      [...new Set(words.get(word)?.map(({ scope }) => scope))].toSorted();
    expect(scopesOf("measured")).toEqual(["day/2026-11-20", "month/2026-11"]);
    expect(scopesOf("simulated")).toEqual([
      "attempt/a",
      "day/2026-11-20/simulated",
      "idea/idea-1",
      "month/2026-11/simulated",
      "task/task-1",
    ]);
  });

  test("[OPS-3] an extension is all or nothing, and names what it could not do", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, idOf.attempt("a")));
    const by = [
      { unit: "tokens", amount: 10_000 },
      { unit: "usd", amount: 40_001 },
    ] as const;
    const refused = await extendBudget(store, { what: DAY, by });
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: "gate_says_no", message: `${DAY} can be extended by at most $0.04 at once, not by $0.040001.` },
    });
    expect(await store.read((reader) => readEvents(reader, { limit: 5 }))).toEqual([]);
    const done = await extendBudget(store, { what: DAY, by: [by[0], { unit: "usd", amount: 40_000 }] });
    expect(done).toMatchObject({ ok: true, value: [{ cap: 20_000 }, { cap: 80_000 }] });
    expect((await shown(store)).slice(0, 2)).toEqual([
      "day/2026-11-20 usd 0.08 0.003 0",
      "day/2026-11-20 tokens 20000 1000 0",
    ]);
    expect(await extendBudget(store, { what: "nothing-such", by: [by[0]] })).toMatchObject({
      ok: false,
      failure: { code: "not_found" },
    });
  });
});
