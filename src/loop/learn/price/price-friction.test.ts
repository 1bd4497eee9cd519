import fc from "fast-check";
import { expect, test } from "vitest";
import { aTrace, type TraceBuilder } from "../../../../test/fakes/session-trace.ts";
import { signalId } from "../../../model/ids.ts";
import { microDollarsOf } from "../../../model/money.ts";
import type { Redacted } from "../../../model/redacted.ts";
import { signalType, type Signal, type SignalCategory } from "../../../model/signal.ts";
import type { Place, SessionTrace } from "../../../model/trace.ts";
import type { PriceOf } from "../../../policy/prices/price-of.ts";
import type { FrictionCost } from "../../../model/friction-cost.ts";
import { priceFriction } from "./price-friction.ts";

/** One micro-dollar per token. */
const FLAT: PriceOf = (_model, counts) => microDollarsOf(counts.total);

/** Signals of the kinds that have a price, made by hand: this room does not know the rules that find them. */
function frictionOf(trace: SessionTrace): Signal[] {
  const categories = { failed: "exec_failure", denied_by_user: "denial_exec", tool_error: "tool_failure" } as const;
  const calls = trace.calls.flatMap((call) =>
    call.outcome in categories ? [signalAt(trace, categories[call.outcome as keyof typeof categories], call)] : [],
  );
  const marks = trace.marks.flatMap((mark) =>
    mark.kind === "compaction" || mark.kind === "rollback" ? [signalAt(trace, mark.kind, mark)] : [],
  );
  return [...calls, ...marks];
}

function signalAt(
  trace: SessionTrace,
  category: SignalCategory,
  row: Place & Pick<Signal, "turnId" | "callId">,
): Signal {
  const seq = trace.seqOf(row);
  return {
    id: signalId(trace.session.id, category, seq),
    category,
    type: signalType(category),
    severity: 0.5,
    sessionId: trace.session.id,
    turnId: row.turnId,
    callId: row.callId,
    seq,
    description: "" as Redacted,
    detector: "mechanical",
    version: 1,
    evidence: { segment: row.segment, offset: row.offset, line: row.line },
  };
}

function costsOf(builder: TraceBuilder, priceOf: PriceOf = FLAT): readonly FrictionCost[] {
  const trace = builder.build();
  return priceFriction(trace, frictionOf(trace), priceOf).rows;
}

test("[SIG-9] a failure costs the responses up to the end of the next success of its family", () => {
  const trace = aTrace()
    .user("Fix it.")
    .responds(1)
    .runs("npm test", { exit: 1 })
    .responds(10)
    .runs("cat a.js")
    .responds(100)
    .patches({ "a.js": "update" })
    .responds(1000)
    .runs("npm test", { seconds: 30 })
    .responds(10_000);
  expect(costsOf(trace)).toMatchObject([
    {
      category: "exec_failure",
      family: "npm test",
      endedBy: "recovered",
      tokens: 1110,
      responses: 3,
      microDollars: 1110,
      fromLine: 5,
      toLine: 14,
    },
  ]);
});

test("[SIG-9] without a recovery the stretch ends with the turn of the failure", () => {
  const trace = aTrace().runs("npm test", { exit: 1 }).responds(10).turn().responds(100).runs("npm run lint");
  expect(costsOf(trace)).toMatchObject([{ endedBy: "turn_ended", tokens: 10, responses: 1 }]);
});

test("[SIG-9] a recovery in a later turn is one, and the time between turns is not the agent's", () => {
  const trace = aTrace()
    .runs("npm test", { exit: 1 })
    .responds(10)
    .turn()
    .waits(3600)
    .ends("completed")
    .waits(86_400)
    .turn()
    .responds(5)
    .runs("npm test");
  const [row] = costsOf(trace);
  expect(row).toMatchObject({ endedBy: "recovered", tokens: 15 });
  expect(row?.durationMs).toBeLessThan(3_700_000);
  expect(row?.durationMs).toBeGreaterThanOrEqual(3_600_000);
});

test("[SIG-9] a call of the same family that had begun before the failure was known is no recovery", () => {
  const trace = aTrace().runs("node a", { exit: 1 }).responds(10).build();
  const call = trace.calls[0];
  if (call === undefined) throw new Error("no call");
  const parallel = {
    ...call,
    callId: "other" as typeof call.callId,
    outcome: "ok" as const,
    line: call.line + 1,
    endLine: call.endLine + 2,
  };
  const both: SessionTrace = { ...trace, calls: [{ ...call, endLine: call.line + 1 }, parallel] };
  expect(priceFriction(both, frictionOf(both), FLAT).rows).toMatchObject([{ endedBy: "turn_ended", tokens: 10 }]);
});

test("[SIG-9] a response that two stretches could pay for is charged to the one that began first", () => {
  const trace = aTrace()
    .runs("npm test", { exit: 1 })
    .responds(10)
    .runs("git push", { exit: 1 })
    .responds(100)
    .runs("npm test")
    .responds(1000)
    .runs("git push");
  expect(costsOf(trace).map(({ family, tokens }) => [family, tokens])).toEqual([
    ["npm test", 110],
    ["git push", 1000],
  ]);
});

test("[SIG-9] every moment is charged once too, in the same order", () => {
  const trace = aTrace()
    .runs("npm test", { exit: 1 })
    .waits(59)
    .runs("git push", { exit: 1 })
    .waits(118)
    .runs("npm test")
    .runs("git push");
  const rows = costsOf(trace);
  expect(rows.map(({ family, durationMs }) => [family, durationMs])).toEqual([
    ["npm test", 181_000],
    ["git push", 2000],
  ]);
});

test("[SIG-9] one response without a price makes the money unknown and leaves the tokens", () => {
  const trace = aTrace().runs("npm test", { exit: 1 }).responds(10).responds(10, { model: "mystery" }).runs("npm test");
  const rows = costsOf(trace, (model, counts) => (model === "mystery" ? null : microDollarsOf(counts.total)));
  expect(rows).toMatchObject([{ tokens: 20, microDollars: null }]);
});

test("[SIG-9] friction that cost no response costs no money, and that is known", () => {
  expect(costsOf(aTrace().runs("npm test", { exit: 1 }))).toMatchObject([{ tokens: 0, microDollars: 0, responses: 0 }]);
});

test("[SIG-9] estimated and simulated responses are left out and counted", () => {
  const trace = aTrace()
    .responds(7, { provenance: "estimated" })
    .runs("npm test", { exit: 1 })
    .responds(10)
    .responds(100, { provenance: "estimated" })
    .responds(1000, { provenance: "simulated" })
    .build();
  const { rows, leftOut } = priceFriction(trace, frictionOf(trace), FLAT);
  expect(rows).toMatchObject([{ tokens: 10, responses: 1 }]);
  expect(leftOut).toBe(2);
});

test("[SIG-9] a compaction costs the response that wrote its summary and none before it", () => {
  const trace = aTrace()
    .user("x")
    .responds(10)
    .runs("ls")
    .responds(100)
    .agent("y")
    .responds(1000)
    .marks("compaction")
    .responds(10_000);
  expect(costsOf(trace)).toMatchObject([
    { category: "compaction", family: "compaction", endedBy: "recovered", tokens: 1000 },
  ]);
});

test("[SIG-9] a compaction that a person asked for costs its own turn only", () => {
  const trace = aTrace()
    .user("x")
    .agent("y")
    .responds(10)
    .turn({ kind: "compaction" })
    .responds(100)
    .marks("compaction")
    .turn()
    .responds(1000);
  expect(costsOf(trace)).toMatchObject([{ category: "compaction", tokens: 100 }]);
});

test("[SIG-9] a rollback costs the turns that were taken back", () => {
  const trace = aTrace().responds(10).turn().responds(100).turn().responds(1000).reverts(2).responds(10_000);
  expect(costsOf(trace)).toMatchObject([{ category: "rollback", tokens: 1100, responses: 2 }]);
});

test("[SIG-9] a rollback that says how many turns it took back is believed", () => {
  const trace = aTrace()
    .responds(10)
    .turn()
    .responds(100)
    .ends("completed")
    .marks("rollback", "thread_rolled_back", { count: 1 });
  expect(costsOf(trace)).toMatchObject([{ category: "rollback", tokens: 100 }]);
});

test("[SIG-9] friction without a recovery on record has no row", () => {
  const trace = aTrace().user("x").responds(10).ends("interrupted").build();
  const turn = trace.turns[0];
  if (turn === undefined) throw new Error("no turn");
  expect(priceFriction(trace, [signalAt(trace, "interrupted", { ...turn, callId: null })], FLAT).rows).toEqual([]);
});

type Step = (trace: TraceBuilder) => TraceBuilder;

const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("npm test", "git push", "ls"),
      fc.constantFrom("ok", "failed", "denied_by_user", "tool_error", "unfinished" as const),
    )
    .map(
      ([command, outcome]): Step =>
        (trace) =>
          trace.runs(command, { outcome }),
    ),
  fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.constantFrom("measured", "measured", "estimated" as const)).map(
    ([total, provenance]): Step =>
      (trace) =>
        trace.responds(total, { provenance }),
  ),
  fc.integer({ min: 1, max: 600 }).map(
    (seconds): Step =>
      (trace) =>
        trace.waits(seconds),
  ),
  fc.constantFrom<Step>(
    (trace) => trace.turn(),
    (trace) => trace.marks("compaction"),
    (trace) => trace.reverts(1),
  ),
  fc.uuid().map(
    (name): Step =>
      (trace) =>
        trace.segment(`rollout-${name}.jsonl`),
  ),
);

test("[SIG-9] rows add up to what the stretches hold: each response and each moment once, never more than the session", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 40 }), (steps) => {
      const trace = steps.reduce((builder, step) => step(builder), aTrace()).build();
      const { rows, leftOut } = priceFriction(trace, frictionOf(trace), FLAT);
      const covered = trace.usage.filter((row) =>
        rows.some(({ fromLine, toLine }) => trace.seqOf(row) > fromLine && trace.seqOf(row) <= toLine),
      );
      const measured = covered.filter((row) => row.provenance === "measured");
      const sum = (pick: (row: FrictionCost) => number): number => rows.reduce((total, row) => total + pick(row), 0);
      expect(sum((row) => row.tokens)).toBe(measured.reduce((total, row) => total + row.total, 0));
      expect(sum((row) => row.microDollars ?? Number.NaN)).toBe(sum((row) => row.tokens));
      expect(sum((row) => row.responses)).toBe(measured.length);
      expect(leftOut).toBe(covered.length - measured.length);
      expect(sum((row) => row.tokens)).toBeLessThanOrEqual(trace.usage.reduce((total, row) => total + row.total, 0));
      expect(sum((row) => row.durationMs)).toBeLessThanOrEqual(
        trace.turns.reduce((total, turn) => total + spanOf(turn), 0),
      );
    }),
    { numRuns: 300 },
  );
});

function spanOf({ startedAt, endedAt }: SessionTrace["turns"][number]): number {
  return startedAt === null || endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(startedAt);
}
