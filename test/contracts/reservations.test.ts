/** Whatever order things happen in, counters say what the rows say, and no cap is reserved beyond its end. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { capScopeOf, type Cap } from "../../src/model/cap.ts";
import { idOf, type AttemptId, type LedgerId } from "../../src/model/ids.ts";
import type { RequestError } from "../../src/model/model-request.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { reserveRequest } from "../../src/store/ledger/reserve-request.ts";
import { settleAttempt } from "../../src/store/ledger/settle-attempt.ts";
import { settleRequest } from "../../src/store/ledger/settle-request.ts";
import type { Reader, Store } from "../../src/store/store.ts";
import { DAY, DONE, FACTS, IDEA, MONTH, openAttempt, PRICES, RATES, TASK, used } from "./money-fixture.ts";
import { storeSuite, type OpenStore } from "./store-harness.ts";

const STAMP = { actor: "test" };
const ATTEMPTS = 4;
const OUTER = [capScopeOf.idea(IDEA), DAY, MONTH];
const NARROW = { ideaTokens: 2500, dayTokens: 2200, ideaMicroDollars: 7000, taskSessions: 3 };

type Step =
  | { readonly does: "open"; readonly attempt: number }
  | { readonly does: "ask"; readonly attempt: number; readonly bytes: number; readonly priced: boolean }
  | { readonly does: "answer"; readonly which: number; readonly share: number; readonly error: RequestError | null }
  | { readonly does: "end"; readonly attempt: number };

const attempt = fc.nat(ATTEMPTS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant("open" as const), attempt }),
  fc.record({ does: fc.constant("ask" as const), attempt, bytes: fc.nat(1600), priced: fc.boolean() }),
  fc.record({
    does: fc.constant("answer" as const),
    which: fc.nat(20),
    // How much of its reservation it uses, in percent; sometimes more.
    share: fc.nat(100),
    error: fc.constantFrom(null, "client_gone" as const, "http_error" as const),
  }),
  fc.record({ does: fc.constant("end" as const), attempt }),
);

const idOfNumber = (number: number): AttemptId => idOf.attempt(`attempt-${number}`);

/** Plays the steps; what a step would do that cannot be done is not done. */
async function play(store: Store, steps: readonly Step[]): Promise<void> {
  const opened = new Set<number>();
  const asked: LedgerId[] = [];
  for (const next of steps) {
    if (next.does === "open" && !opened.has(next.attempt)) {
      opened.add(next.attempt);
      const facts = { number: next.attempt + 1, limits: NARROW };
      await store.write(STAMP, (tx) => openAttempt(tx, idOfNumber(next.attempt), facts));
    }
    if (next.does === "ask") asked.push(...(await ask(store, next)));
    if (next.does === "answer") await answer(store, asked[next.which % Math.max(1, asked.length)], next);
    if (next.does === "end") await store.write(STAMP, (tx) => settleAttempt(tx, idOfNumber(next.attempt)));
  }
}

async function ask(store: Store, next: Extract<Step, { does: "ask" }>): Promise<readonly LedgerId[]> {
  const facts = { ...FACTS, bodyBytes: next.bytes, model: next.priced ? "priced" : "unpriced" };
  const payer = { attemptId: idOfNumber(next.attempt), fence: 1 };
  const answered = await store.write(STAMP, (tx) => reserveRequest(tx, { payer, facts, ...RATES }));
  return answered.kind === "reserved" ? [answered.id] : [];
}

async function answer(store: Store, id: LedgerId | undefined, next: Extract<Step, { does: "answer" }>): Promise<void> {
  if (id === undefined) return;
  const usage = next.error === null ? used(next.share, next.share) : null;
  const settlement = { ...DONE, model: null, usage, error: next.error };
  await store.write(STAMP, (tx) => settleRequest(tx, { id, settlement, priceOf: PRICES }));
}

/** Never more reserved than the cap leaves, but for answers that were larger than their reservation. */
function soundCap(cap: Cap): void {
  expect(cap.reserved).toBeGreaterThanOrEqual(0);
  expect(cap.reserved === 0 || cap.spent + cap.reserved <= (cap.cap ?? Infinity)).toBe(true);
}

/** What the rows add up to has to be what the counters say. */
async function checkSums(reader: Reader): Promise<void> {
  const rows = await reader.db.selectFrom("ledger").selectAll().where("kind", "=", "request").execute();
  const spent = rows.reduce((sum, row) => sum + (row.total ?? 0), 0);
  const money = rows.reduce((sum, row) => sum + (row.usd ?? 0), 0);
  const open = await reader.db
    .selectFrom("ledger")
    .selectAll()
    .where("kind", "=", "attempt")
    .where("state", "=", "reserved")
    .execute();
  const caps = await listCaps(reader, [
    ...OUTER,
    ...open.map((row) => capScopeOf.attempt(idOf.attempt(row.attempt_id))),
  ]);
  for (const cap of caps) soundCap(cap);
  const left = (unit: string): number =>
    caps
      .filter((cap) => cap.scope.startsWith("attempt/") && cap.unit === unit)
      .reduce((sum, cap) => sum + Math.max(0, (cap.cap ?? 0) - cap.spent), 0);
  for (const cap of caps.filter(({ scope }) => OUTER.includes(scope))) {
    expect([cap.scope, cap.unit, cap.spent]).toEqual([cap.scope, cap.unit, cap.unit === "usd" ? money : spent]);
    expect([cap.scope, cap.unit, cap.reserved]).toEqual([cap.scope, cap.unit, left(cap.unit)]);
  }
  const [sessions] = await listCaps(reader, [capScopeOf.task(TASK)]);
  if (sessions !== undefined) expect(sessions.spent + sessions.reserved).toBeLessThanOrEqual(3);
}

async function forgetMoney(store: Store): Promise<void> {
  await store.write(STAMP, async (tx) => {
    for (const table of ["caps", "ledger", "attempts", "guards"] as const) await tx.db.deleteFrom(table).execute();
  });
}

/** Asks for the same cap from several connections at once, as several processes do; how many were let through. */
async function race(open: OpenStore, each: (store: Store, number: number) => Promise<boolean>): Promise<number> {
  const stores: Store[] = [];
  try {
    for (let number = 0; number < 5; number += 1) stores.push(await open());
    const tries = Array.from({ length: 50 }, (_, number) => {
      const store = stores[number % stores.length];
      return store === undefined ? Promise.resolve(false) : each(store, number);
    });
    return (await Promise.all(tries)).filter(Boolean).length;
  } finally {
    for (const store of stores) await store[Symbol.asyncDispose]();
  }
}

storeSuite("reservations", (open) => {
  test("[RUN-6] in any order of opening, asking, answering and ending, counters say what the rows say", async () => {
    await using store = await open();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await forgetMoney(store);
        await play(store, steps);
        await store.read(checkSums);
      }),
      { numRuns: 30 },
    );
  });

  test("[RUN-6] fifty attempts at once over five connections never take more than a day allows", async () => {
    const taken = await race(open, async (store, number) => {
      const facts = {
        number: number + 1,
        task: `task-${number}`,
        limits: { dayTokens: 7500, ideaTokens: null, ideaMicroDollars: null },
      };
      const answered = await store.write(STAMP, (tx) => openAttempt(tx, idOfNumber(number), facts));
      return answered.kind === "reserved";
    });
    expect(taken).toBe(7);
    await using store = await open();
    const caps = await store.read((reader) => listCaps(reader, [DAY]));
    expect(caps.map(({ unit, reserved }) => [unit, reserved])).toEqual([
      ["tokens", 7000],
      ["usd", 21_000],
    ]);
  });

  test("[RUN-6][GWY-3] fifty requests at once over five connections never take more than their attempt has", async () => {
    await using first = await open();
    await first.write(STAMP, (tx) => openAttempt(tx, idOfNumber(0), { caps: { responses: 100 } }));
    const payer = { attemptId: idOfNumber(0), fence: 1 };
    const taken = await race(open, async (store) => {
      const answered = await store.write(STAMP, (tx) => reserveRequest(tx, { payer, facts: FACTS, ...RATES }));
      return answered.kind === "reserved";
    });
    // Two of 1,100 micro-dollars fit into 3,000.
    expect(taken).toBe(2);
    const [, tokens, usd] = await first.read((reader) => listCaps(reader, [capScopeOf.attempt(idOfNumber(0))]));
    expect([tokens?.reserved, usd?.reserved]).toEqual([400, 2200]);
  });

  test("[RUN-6] an account that is closed while requests come and go leaves nothing reserved", async () => {
    await using first = await open();
    const payer = { attemptId: idOfNumber(0), fence: 1 };
    await first.write(STAMP, (tx) => openAttempt(tx, payer.attemptId, { caps: { responses: 100, tokens: 3000 } }));
    await race(open, async (store, number) => {
      if (number === 25) return store.write(STAMP, (tx) => settleAttempt(tx, payer.attemptId));
      const facts = { ...FACTS, bodyBytes: 3 };
      const answered = await store.write(STAMP, (tx) =>
        reserveRequest(tx, { payer, facts, ...RATES, outputTokens: 9 }),
      );
      if (answered.kind === "refused") return false;
      const end = { id: answered.id, settlement: { ...DONE, usage: used(1, 9) }, priceOf: PRICES };
      return store.write(STAMP, (tx) => settleRequest(tx, end));
    });
    await first.read(checkSums);
    const caps = await first.read((reader) => listCaps(reader, [...OUTER, capScopeOf.attempt(payer.attemptId)]));
    expect(caps.filter(({ reserved }) => reserved !== 0)).toEqual([]);
  });
});
