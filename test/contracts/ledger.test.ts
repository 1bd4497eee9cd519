import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { capScopeOf } from "../../src/model/cap.ts";
import { idOf } from "../../src/model/ids.ts";
import type { RequestFacts, Settlement } from "../../src/model/model-request.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { chargeUsage } from "../../src/store/ledger/charge-usage.ts";
import { listRequests } from "../../src/store/ledger/list-requests.ts";
import { usualOutputs } from "../../src/world/usual-outputs.ts";
import { usualOutput } from "../../src/store/ledger/request-estimate.ts";
import { reserveRequest } from "../../src/store/ledger/reserve-request.ts";
import { settleAttempt } from "../../src/store/ledger/settle-attempt.ts";
import { settleRequest } from "../../src/store/ledger/settle-request.ts";
import type { Reader, Store } from "../../src/store/store.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";
import * as money from "./money-fixture.ts";
import { counters, DAY, DONE, FACTS, IDEA, MONTH, openAttempt, RATES, TASK, used } from "./money-fixture.ts";

const STAMP = { actor: "test" };
const ONE = idOf.attempt("attempt-1");
const TWO = idOf.attempt("attempt-2");
const PAYER = { attemptId: ONE, fence: 1 };
const OWN = capScopeOf.attempt(ONE);
const OF_IDEA = capScopeOf.idea(IDEA);
const OF_TASK = capScopeOf.task(TASK);

async function reserved(store: Store, facts: Partial<RequestFacts> = {}): Promise<ReturnType<typeof idOf.ledger>> {
  const wish = { payer: PAYER, facts: { ...FACTS, ...facts }, ...RATES };
  const reservation = await store.write(STAMP, (tx) => reserveRequest(tx, wish));
  if (reservation.kind !== "reserved") throw new Error(`refused by ${reservation.scope} ${reservation.unit}`);
  return reservation.id;
}

async function refusal(store: Store, facts: Partial<RequestFacts> = {}): Promise<string> {
  const wish = { payer: PAYER, facts: { ...FACTS, ...facts }, ...RATES };
  const reservation = await store.write(STAMP, (tx) => reserveRequest(tx, wish));
  return reservation.kind === "reserved" ? "reserved" : `${reservation.scope} ${reservation.unit}`;
}

function settle(
  store: Store,
  id: ReturnType<typeof idOf.ledger>,
  settlement: Partial<Settlement> = {},
): Promise<boolean> {
  const end = { id, settlement: { ...DONE, ...settlement }, priceOf: money.PRICES };
  return store.write(STAMP, (tx) => settleRequest(tx, end));
}

const show = (store: Store, scope: typeof DAY): Promise<readonly string[]> =>
  store.read((reader) => counters(reader, scope));

storeSuite("the ledger", (open) => {
  test("[RUN-6] an attempt reserves its whole caps in every scope around it", async () => {
    await using store = await open();
    expect(await store.write(STAMP, (tx) => openAttempt(tx, ONE))).toEqual({ kind: "reserved" });
    expect(await show(store, OF_TASK)).toEqual(["sessions: 3 1 0"]);
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 1000 0", "usd: 9000 3000 0"]);
    expect(await show(store, DAY)).toEqual(["tokens: 10000 1000 0", "usd: 40000 3000 0"]);
    expect(await show(store, MONTH)).toEqual(["tokens: 100000 1000 0", "usd: 900000 3000 0"]);
    expect(await show(store, OWN)).toEqual(["responses: 5 0 0", "tokens: 1000 0 0", "usd: 3000 0 0"]);
  });

  test.each([
    ["taskSessions", OF_TASK, "sessions"],
    ["ideaTokens", OF_IDEA, "tokens"],
    ["ideaMicroDollars", OF_IDEA, "usd"],
    ["dayTokens", DAY, "tokens"],
    ["dayMicroDollars", DAY, "usd"],
    ["monthTokens", MONTH, "tokens"],
    ["monthMicroDollars", MONTH, "usd"],
  ] as const)(
    "[RUN-6] an attempt that does not fit into %s is refused and reserves nothing",
    async (name, scope, unit) => {
      await using store = await open();
      const room = { taskSessions: 1, ideaTokens: 1999, ideaMicroDollars: 5999, dayTokens: 1999 }[name as string];
      const limits = { [name]: room ?? (unit === "tokens" ? 1999 : 5999) };
      await store.write(STAMP, (tx) => openAttempt(tx, ONE, { limits }));
      const all = (reader: Reader): Promise<unknown> =>
        reader.db.selectFrom("caps").selectAll().orderBy("scope").orderBy("unit").execute();
      const before = await store.read(all);
      const refused = await store.write(STAMP, (tx) => openAttempt(tx, TWO, { number: 2, limits }));
      expect(refused).toEqual({ kind: "refused", scope, unit });
      expect(await store.read(all)).toEqual(before);
      expect(await store.read((reader) => listRequests(reader, TWO))).toEqual([]);
    },
  );

  test("[GWY-3][RUN-6] a request reserves its input and a stated answer, and what it used is spent at once everywhere", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    const id = await reserved(store);
    expect(await show(store, OWN)).toEqual(["responses: 5 1 0", "tokens: 1000 200 0", "usd: 3000 1100 0"]);
    expect(await settle(store, id, { usage: used(150, 20) })).toBe(true);
    expect(await show(store, OWN)).toEqual(["responses: 5 0 1", "tokens: 1000 0 170", "usd: 3000 0 350"]);
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 830 170", "usd: 9000 2650 350"]);
    expect(await show(store, DAY)).toEqual(["tokens: 10000 830 170", "usd: 40000 2650 350"]);
    expect(await show(store, MONTH)).toEqual(["tokens: 100000 830 170", "usd: 900000 2650 350"]);
    const [row] = await store.read((reader) => listRequests(reader, ONE));
    expect(row).toMatchObject({
      state: "settled",
      thread_id: "thread-1",
      request_kind: "turn",
      response_id: "resp-1",
      input: 150,
      output: 20,
      total: 170,
      usd: 350,
      provenance: "measured",
    });
  });

  test("[RUN-6] settling twice changes nothing", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    const id = await reserved(store);
    await settle(store, id, { usage: used(150, 20) });
    expect(await settle(store, id, { usage: used(1, 1) })).toBe(false);
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 830 170", "usd: 9000 2650 350"]);
    expect(await store.write(STAMP, (tx) => settleAttempt(tx, ONE))).toBe(true);
    expect(await store.write(STAMP, (tx) => settleAttempt(tx, ONE))).toBe(false);
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 0 170", "usd: 9000 0 350"]);
    expect(await show(store, OF_TASK)).toEqual(["sessions: 3 0 1"]);
  });

  test("[GWY-3] the request that no longer fits is refused, is a row, and is told once", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps: { tokens: 399 } }));
    await reserved(store);
    clock.advance(1);
    expect(await refusal(store)).toBe("attempt/attempt-1 tokens");
    expect(await refusal(store)).toBe("attempt/attempt-1 tokens");
    const rows = await store.read((reader) => listRequests(reader, ONE));
    expect(rows.map(({ state, error }) => [state, error])).toEqual([
      ["reserved", null],
      ["refused", "cap_tokens"],
      ["refused", "cap_tokens"],
    ]);
    const events = await store.read((reader) => readEvents(reader, { limit: 10 }));
    expect(events.map((event) => [event.type, event.key, event.payload])).toEqual([
      ["cap.hit", "attempt-1", { scope: "attempt/attempt-1", unit: "tokens", subject: "attempt-1" }],
    ]);
    const guards = await store.read((reader) => reader.db.selectFrom("guards").selectAll().execute());
    expect(guards).toMatchObject([{ name: "cap/attempt/tokens", times: 1, subject: "attempt-1" }]);
    // Nothing of the refused ones is left reserved.
    expect(await show(store, OWN)).toEqual(["responses: 5 1 0", "tokens: 399 200 0", "usd: 3000 1100 0"]);
  });

  test("[GWY-3] money and responses refuse like tokens do", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps: { microDollars: 1099 } }));
    expect(await refusal(store)).toBe("attempt/attempt-1 usd");
    await store.write(STAMP, (tx) => openAttempt(tx, TWO, { number: 2, caps: { responses: 0 } }));
    const wish = { payer: { attemptId: TWO, fence: 1 }, facts: FACTS, ...RATES };
    const refused = await store.write(STAMP, (tx) => reserveRequest(tx, wish));
    expect(refused).toEqual({ kind: "refused", scope: "attempt/attempt-2", unit: "responses" });
  });

  test("[GWY-3] an attempt without an account, or whose account is closed, gets nothing", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => money.putAttempt(tx, ONE));
    expect(await refusal(store)).toBe("attempt/attempt-1 sessions");
    await store.write(STAMP, (tx) => openAttempt(tx, TWO, { number: 2 }));
    await store.write(STAMP, (tx) => settleAttempt(tx, TWO));
    const wish = { payer: { attemptId: TWO, fence: 1 }, facts: FACTS, ...RATES };
    expect((await store.write(STAMP, (tx) => reserveRequest(tx, wish))).kind).toBe("refused");
  });

  test("[GWY-3] a request never reserves more answer than it allows itself", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    await reserved(store, { maxOutput: 7 });
    expect(await show(store, OWN)).toEqual(["responses: 5 1 0", "tokens: 1000 107 0", "usd: 3000 170 0"]);
  });

  test("[GWY-3] with twenty answers of a role its 95th of 100 counts, of real ones only", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await store.write(STAMP, (tx) =>
      openAttempt(tx, ONE, {
        caps: { tokens: 100_000, responses: 100, microDollars: 3_000_000 },
        limits: {
          ideaTokens: null,
          dayTokens: null,
          ideaMicroDollars: null,
          dayMicroDollars: null,
          monthMicroDollars: null,
        },
      }),
    );
    for (let output = 1; output <= 20; output += 1) {
      expect(await store.read((reader) => usualOutput(reader, "executor"))).toBeNull();
      clock.advance(10);
      await settle(store, await reserved(store), { usage: used(1, output) });
    }
    // An answer whose length is a guess says nothing of lengths.
    await settle(store, await reserved(store), { error: "client_gone" });
    expect(await store.read((reader) => usualOutput(reader, "executor"))).toBe(19);
    expect(await store.read((reader) => usualOutput(reader, "planner"))).toBeNull();
    clock.advance(10);
    await reserved(store);
    expect((await store.read((reader) => listRequests(reader, ONE))).at(-1)?.reserved_tokens).toBe(119);
  });

  test("[GWY-6] how long a role's answers are is read once in ten seconds, each role for itself", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const caps = { tokens: 100_000, responses: 100, microDollars: 3_000_000 };
    const dollars = { ideaMicroDollars: null, dayMicroDollars: null, monthMicroDollars: null };
    const limits = { ideaTokens: null, dayTokens: null, ...dollars };
    await store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps, limits }));
    const usual = usualOutputs(clock);
    const known = (role: string): Promise<number | null> => store.read((reader) => usual(reader, role));
    const answer20 = async (output: number): Promise<void> => {
      for (let number = 0; number < 20; number += 1)
        await settle(store, await reserved(store), { usage: used(1, output) });
    };
    expect([await known("executor"), await known("planner")]).toEqual([null, null]);
    await answer20(7);
    clock.advance(9_999);
    expect(await known("executor")).toBeNull();
    clock.advance(1);
    expect([await known("executor"), await known("planner")]).toEqual([7, null]);
  });

  test("[GWY-4] without a price money is unknown, not zero, and the token cap binds", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE, { caps: { tokens: 399 } }));
    const id = await reserved(store, { model: "nobody-prices-this" });
    await settle(store, id, { model: "nobody-prices-this", usage: used(100, 100) });
    const [row] = await store.read((reader) => listRequests(reader, ONE));
    expect(row).toMatchObject({ reserved_usd: null, usd: null, total: 200 });
    const caps = await store.read((reader) => listCaps(reader, [OWN, OF_IDEA, DAY]));
    const unknown = caps.filter(({ unit }) => unit === "usd").map((cap) => [cap.scope, cap.spent, cap.unknown]);
    expect(unknown).toEqual([
      [OWN, 0, 1],
      [DAY, 0, 1],
      [OF_IDEA, 0, 1],
    ]);
    expect(await refusal(store, { model: "nobody-prices-this" })).toBe("attempt/attempt-1 tokens");
    await store.write(STAMP, (tx) => settleAttempt(tx, ONE));
    const account = await store.read((reader) =>
      reader.db.selectFrom("ledger").selectAll().where("kind", "=", "attempt").executeTakeFirst(),
    );
    expect(account).toMatchObject({ state: "settled", total: 200, usd: null });
  });

  test.each([
    ["client_gone", 200, 200, "estimated"],
    ["disconnected", 200, 200, "estimated"],
    ["timeout", null, 200, "estimated"],
    ["no_usage", 200, 200, "estimated"],
    ["http_error", 500, 0, "measured"],
    ["unreachable", null, 0, "measured"],
    ["response_failed", 200, 0, "measured"],
  ] as const)(
    "[GWY-5] an end by %s counts what may have been billed, and no more",
    async (error, status, tokens, word) => {
      await using store = await open();
      await store.write(STAMP, (tx) => openAttempt(tx, ONE));
      await settle(store, await reserved(store), { error, status, usage: null });
      const [row] = await store.read((reader) => listRequests(reader, ONE));
      expect(row).toMatchObject({ error, status, total: tokens, output: null, provenance: word });
      expect(row?.state).toBe(tokens === 0 ? "released" : "settled");
      const caps = await store.read((reader) => listCaps(reader, [OF_IDEA]));
      expect(caps.map(({ spent }) => spent)).toEqual(tokens === 0 ? [0, 0] : [200, 1100]);
      expect(caps[0]?.provenance).toBe(word);
      expect(await show(store, OWN)).toContain(`responses: 5 0 ${tokens === 0 ? 0 : 1}`);
    },
  );

  test("[RUN-6] a request still under way when its attempt ends counts as estimated, and its late answer changes nothing", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    const id = await reserved(store);
    await store.write(STAMP, (tx) => settleAttempt(tx, ONE));
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 0 200", "usd: 9000 0 1100"]);
    expect(await settle(store, id, { usage: used(150, 20) })).toBe(false);
    const [row] = await store.read((reader) => listRequests(reader, ONE));
    expect(row).toMatchObject({ error: "attempt_ended", total: 200, provenance: "estimated" });
  });

  test("[RUN-6] an answer larger than the whole attempt takes the scopes around it no further than it was", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    await settle(store, await reserved(store), { usage: used(1400, 100) });
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 0 1500", "usd: 9000 600 2400"]);
    expect(await refusal(store)).toBe("attempt/attempt-1 usd");
    await store.write(STAMP, (tx) => settleAttempt(tx, ONE));
    expect(await show(store, OF_IDEA)).toEqual(["tokens: 3000 0 1500", "usd: 9000 0 2400"]);
  });

  test("[RUN-6] an attempt that never reached an agent gives its session back", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    await store.write(STAMP, (tx) => settleAttempt(tx, ONE));
    expect(await show(store, OF_TASK)).toEqual(["sessions: 3 0 0"]);
    await store.write(STAMP, (tx) => openAttempt(tx, TWO, { number: 2, sessionId: "session-1" }));
    await store.write(STAMP, (tx) => settleAttempt(tx, TWO));
    expect(await show(store, OF_TASK)).toEqual(["sessions: 3 0 1"]);
  });

  test("[RUN-6] an attempt is charged to the day it was admitted on, also after midnight", async () => {
    const clock = fixedClock(SUITE_START + 86_399_000);
    await using store = await open({ clock });
    await store.write(STAMP, (tx) => openAttempt(tx, ONE));
    clock.advance(2000);
    await settle(store, await reserved(store), { usage: used(150, 20) });
    await store.write(STAMP, (tx) => settleAttempt(tx, ONE));
    expect(await show(store, DAY)).toEqual(["tokens: 10000 0 170", "usd: 40000 0 350"]);
    expect(await show(store, capScopeOf.day("2026-11-21"))).toEqual([]);
  });

  test("[RUN-6] simulated usage runs under the same caps and never touches the real day", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => openAttempt(tx, ONE, { simulated: true }));
    const charge = { payer: PAYER, key: null, model: "priced", input: 300, output: 100, priceOf: money.PRICES };
    expect((await store.write(STAMP, (tx) => chargeUsage(tx, charge))).kind).toBe("reserved");
    expect((await store.write(STAMP, (tx) => chargeUsage(tx, charge))).kind).toBe("reserved");
    const refused = await store.write(STAMP, (tx) => chargeUsage(tx, charge));
    expect(refused).toEqual({ kind: "refused", scope: OWN, unit: "usd" });
    const caps = await store.read((reader) => listCaps(reader, [OWN, capScopeOf.day("2026-11-20", true)]));
    expect(caps.filter(({ unit }) => unit === "tokens")).toMatchObject([
      { scope: OWN, spent: 800, provenance: "simulated" },
      { scope: "day/2026-11-20/simulated", spent: 800, reserved: 200, provenance: "simulated" },
    ]);
    expect(await show(store, DAY)).toEqual([]);
  });
});
