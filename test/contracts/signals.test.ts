import { expect, test } from "vitest";
import type { FrictionCost } from "../../src/model/friction-cost.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Signal } from "../../src/model/signal.ts";
import { putFrictionCosts } from "../../src/store/costs/put-friction-costs.ts";
import { sumFrictionCosts } from "../../src/store/costs/sum-friction-costs.ts";
import { countRows } from "../../src/store/facts/count-rows.ts";
import { countSignalsByCategory } from "../../src/store/signals/count-signals-by-category.ts";
import { listSignals } from "../../src/store/signals/list-signals.ts";
import { replaceSignals } from "../../src/store/signals/replace-signals.ts";
import { storeSuite } from "./store-harness.ts";
import { aCost, aSignal, ONE, STAMP } from "./trace-rows.ts";

const TWO = idOf.session("session-2");

storeSuite("signals and costs", (open) => {
  test("[STO-1] signals of a session take the place of those it had; other sessions keep theirs", async () => {
    await using store = await open();
    const other = aSignal({ sessionId: TWO, category: "compaction", turnId: null, callId: null });
    await store.write(STAMP, async (tx) => {
      await replaceSignals(tx, {
        sessions: [ONE, TWO],
        signals: [aSignal({ seq: 1 }), aSignal({ seq: 2 }), other],
      });
      await replaceSignals(tx, { sessions: [ONE], signals: [aSignal({ seq: 2, severity: 0.75 })] });
    });
    expect(await store.read((reader) => listSignals(reader))).toEqual([aSignal({ seq: 2, severity: 0.75 }), other]);
    await store.write(STAMP, (tx) => replaceSignals(tx, { sessions: [], signals: [] }));
    expect(await store.read((reader) => countRows(reader, "signals"))).toBe(2);
  });

  test("[STO-1] signals are listed by session, category and number, in thread order", async () => {
    await using store = await open();
    const signals = [
      aSignal({ seq: 9 }),
      aSignal({ seq: 3, category: "timeout" }),
      aSignal({ seq: 5 }),
      aSignal({ sessionId: TWO, seq: 1 }),
    ];
    await store.write(STAMP, (tx) => replaceSignals(tx, { sessions: [ONE, TWO], signals }));
    const seqs = async (filter: Parameters<typeof listSignals>[1]): Promise<readonly number[]> =>
      (await store.read((reader) => listSignals(reader, filter))).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([3, 5, 9, 1]);
    expect(await seqs({ session: ONE, category: "exec_failure" })).toEqual([5, 9]);
    expect(await seqs({ category: "exec_failure", limit: 2 })).toEqual([5, 9]);
    expect(await seqs({ category: "no such thing" })).toEqual([]);
  });

  test("[STO-1] categories are counted with their sessions and mean severity, the most frequent first", async () => {
    await using store = await open();
    const signals = [
      aSignal({ seq: 1, severity: 0.25 }),
      aSignal({ seq: 2, severity: 0.5 }),
      aSignal({ seq: 3, sessionId: TWO, severity: 0.75 }),
      aSignal({ seq: 0, category: "zero_denial", type: "delight", severity: 0.5 }),
    ];
    await store.write(STAMP, (tx) => replaceSignals(tx, { sessions: [ONE, TWO], signals }));
    expect(await store.read((reader) => countSignalsByCategory(reader))).toEqual([
      { category: "exec_failure", type: "friction", signals: 3, sessions: 2, severity: 0.5 },
      { category: "zero_denial", type: "delight", signals: 1, sessions: 1, severity: 0.5 },
    ]);
  });

  test("[STO-1] costs add up by category and family, with the three costliest signals as evidence", async () => {
    await using store = await open();
    const signals = [1, 2, 3, 4, 5].map((seq) => aSignal({ seq, sessionId: seq === 5 ? TWO : ONE }));
    const cost = (index: number, said: Partial<FrictionCost>): FrictionCost => aCost(at(signals, index), said);
    await store.write(STAMP, async (tx) => {
      await replaceSignals(tx, { sessions: [ONE, TWO], signals });
      await putFrictionCosts(tx, {
        sessions: [ONE, TWO],
        costs: [
          cost(0, { tokens: 1 }),
          cost(1, { tokens: 2, endedBy: "turn_ended" }),
          cost(2, { tokens: 4, durationMs: 500 }),
          cost(3, { tokens: 1000, family: "git push", microDollars: null }),
          cost(4, { tokens: 8 }),
        ],
      });
    });
    const sums = await store.read((reader) => sumFrictionCosts(reader));
    expect(sums.map(({ evidence, ...sum }) => ({ ...sum, evidence: evidence.map(({ seq }) => seq) }))).toEqual([
      {
        category: "exec_failure",
        family: "git push",
        tokens: 1000,
        durationMs: 1000,
        microDollars: null,
        times: 1,
        sessions: 1,
        recovered: 1,
        evidence: [4],
      },
      {
        category: "exec_failure",
        family: "npm test",
        tokens: 15,
        durationMs: 3500,
        microDollars: 40,
        times: 4,
        sessions: 2,
        recovered: 3,
        evidence: [5, 3, 2],
      },
    ]);
    expect(await store.read((reader) => sumFrictionCosts(reader, { limit: 1 }))).toEqual(sums.slice(0, 1));
  });

  test("[STO-1] one unknown price makes the sum unknown, not smaller", async () => {
    await using store = await open();
    const signals = [aSignal({ seq: 1 }), aSignal({ seq: 2 })];
    await store.write(STAMP, async (tx) => {
      await replaceSignals(tx, { sessions: [ONE], signals });
      const costs = [aCost(at(signals, 0)), aCost(at(signals, 1), { microDollars: null })];
      await putFrictionCosts(tx, { sessions: [ONE], costs });
    });
    const sums = await store.read((reader) => sumFrictionCosts(reader));
    expect(sums.map(({ microDollars, times }) => [microDollars, times])).toEqual([[null, 2]]);
  });

  test("[STO-1] the cost of a signal that is gone goes with it", async () => {
    await using store = await open();
    const signals = [aSignal({ seq: 1 }), aSignal({ seq: 2 })];
    await store.write(STAMP, async (tx) => {
      await replaceSignals(tx, { sessions: [ONE], signals });
      await putFrictionCosts(tx, { sessions: [ONE], costs: signals.map((signal) => aCost(signal)) });
      await replaceSignals(tx, { sessions: [ONE], signals: signals.slice(1) });
    });
    const sums = await store.read((reader) => sumFrictionCosts(reader));
    expect(sums.map(({ times, evidence }) => [times, evidence.map(({ seq }) => seq)])).toEqual([[1, [2]]]);
    await store.write(STAMP, (tx) => putFrictionCosts(tx, { sessions: [ONE], costs: [] }));
    expect(await store.read((reader) => sumFrictionCosts(reader))).toEqual([]);
  });
});

function at(signals: readonly Signal[], index: number): Signal {
  const signal = signals[index];
  if (signal === undefined) throw new Error(`no signal ${index}`);
  return signal;
}
