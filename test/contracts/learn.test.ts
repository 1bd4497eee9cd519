import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { microDollarsOf } from "../../src/model/money.ts";
import type { PriceRow } from "../../src/model/price.ts";
import { recompute } from "../../src/loop/learn.ts";
import { priceOfRows, priceVersion } from "../../src/policy/prices/price-of.ts";
import { sumFrictionCosts } from "../../src/store/costs/sum-friction-costs.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import type { Store } from "../../src/store/store.ts";
import { AFTER_RECORDING, ingestInto, samplePath } from "../fakes/trace-of-scenario.ts";
import { storeSuite } from "./store-harness.ts";

const signal = new AbortController().signal;

async function learn(store: Store, own: readonly PriceRow[]): Promise<number> {
  const world = {
    clock: fixedClock(AFTER_RECORDING),
    store,
    priceOf: priceOfRows(own),
    priceVersion: priceVersion(own),
  };
  const learned = await recompute(world, { session: null, signal });
  if (!learned.ok) throw new Error(learned.failure.message);
  return learned.value.sessions;
}

async function eventTypes(store: Store): Promise<readonly string[]> {
  const events = await store.read((reader) => readEvents(reader, { limit: 100 }));
  return events.map((event) => event.type);
}

storeSuite("learning", (open) => {
  test("[SIG-9] a new price is a reason to price again, the same prices are none", async () => {
    await using store = await open();
    await ingestInto(store, [samplePath("0.169.0/exec-failure")]);
    expect(await learn(store, [])).toBe(1);
    expect(await learn(store, [])).toBe(0);
    const million = microDollarsOf(1_000_000);
    const own = { model: "mock-model", from: "2026-01-01", input: million, cached_input: million, output: million };
    expect(await learn(store, [own])).toBe(1);
    const [cost] = await store.read((reader) => sumFrictionCosts(reader));
    expect(cost?.microDollars).toBeGreaterThan(0);
  });

  test("[STO-4] rows and the event that tells of them are one transaction, also for a run that is stopped", async () => {
    await using store = await open();
    expect(await eventTypes(store)).toEqual([]);
    await ingestInto(store, [samplePath("0.169.0/exec-failure")]);
    expect(await eventTypes(store)).toEqual(["traces.ingested"]);
    await learn(store, []);
    expect(await eventTypes(store)).toEqual(["traces.ingested", "signals.computed"]);
  });
});
