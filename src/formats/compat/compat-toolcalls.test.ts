import { expect, test } from "vitest";
import { goldenLines, rawLine } from "../../../test/fakes/raw-lines.ts";
import type { RawLine } from "../record.ts";
import type { CompatValue } from "./compat-row.ts";
import { compatToolcalls, type CompatToolcallsOptions } from "./compat-toolcalls.ts";

type Values = Readonly<Record<string, readonly [theirs: CompatValue, ours: CompatValue]>>;

async function values(lines: readonly RawLine[], options: CompatToolcallsOptions = {}): Promise<Values> {
  const rows = await compatToolcalls(lines, options);
  return Object.fromEntries(rows.map((row) => [row.metric, [row.theirs, row.ours]]));
}

interface LineFacts {
  readonly minute?: number;
  readonly durationMs?: number | null;
  readonly ok?: boolean;
  readonly tool?: string;
  readonly tokens?: number;
  readonly tsIso?: string;
}

function line(facts: LineFacts): RawLine {
  const tsIso =
    facts.tsIso ?? new Date(Date.parse("2026-03-10T08:00:00.000Z") + (facts.minute ?? 0) * 60_000).toISOString();
  const { durationMs = 1_000, ok = true, tool = "npm", tokens } = facts;
  const usage = tokens === undefined ? {} : { usage: { inputTokens: tokens, outputTokens: 0, totalTokens: tokens } };
  return rawLine(
    JSON.stringify({
      tsIso,
      actor: "codex",
      tool,
      action: "test",
      ok,
      durationMs,
      errorType: ok ? null : "exit-1",
      errorMessage: null,
      context: {},
      ...usage,
    }),
  );
}

function many(count: number, factsOf: (index: number) => LineFacts): readonly RawLine[] {
  return Array.from({ length: count }, (_, index) => line({ minute: index, ...factsOf(index) }));
}

/** A state file in which everything is as good as it gets. */
const PERFECT_STATE = {
  improvementImpactScores: [40, 100],
  recommendationOutcomes: [
    { recommendationId: "a", status: "Blocked" },
    { recommendationId: "a", status: "Achieved" },
  ],
  prGreenDaily: { lastSummary: { healthScore: 100 } },
};

test("[SIG-8] sixty calls of ten minutes pass their strict gate with 63 and an F, and not ours", async () => {
  const result = await values(
    many(60, () => ({ durationMs: 600_000 })),
    { state: PERFECT_STATE },
  );
  expect(result).toMatchObject({
    overall: [63, expect.any(Number)],
    p95_ms: [null, 600_000],
    strict_passes: [true, false],
  });
  expect(result["grade"]?.[0]).toBe("F");
});

test("[SIG-8] usage on a quarter of the calls is reported as full coverage", async () => {
  const lines = many(40, (index) => (index % 4 === 0 ? { tokens: 1_000 } : {}));
  const guessed = await values(lines);
  expect(guessed).toMatchObject({
    token_coverage: [1, 0.25],
    total_tokens: [11_350, 10_000],
    estimated_tokens: [1_350, 0],
  });
  const stated = await values(lines, { guessTokens: false });
  expect(stated).toMatchObject({ token_coverage: [0.25, 0.25], total_tokens: [10_000, 10_000] });
  expect(guessed["overall"]?.[0]).toBeGreaterThan(stated["overall"]?.[0] as number);
});

test("[SIG-8] fifty lines without a time pass their audit with 0 and fail ours with 1", async () => {
  const result = await values(many(50, () => ({ tsIso: "some day" })));
  expect(result).toMatchObject({
    calls: [0, 0],
    invalid_lines: [0, 50],
    audit_anomaly_rate: [0, 1],
    audit_status: ["healthy", "needs-attention"],
  });
});

test("[SIG-8] a missing duration is 0 ms to them and unknown to us; guesses of the logger pass as stated", async () => {
  const result = await values([...many(9, () => ({ durationMs: null })), line({ minute: 10, durationMs: 5_000 })]);
  expect(result).toMatchObject({ p50_ms: [0, 5_000], token_coverage: [0.1, 0] });
});

test("[SIG-8] an incident is one recovery to us and one per failure to them; bursts end with a success", async () => {
  const failing = [0, 10, 20].map((minute) => line({ minute, ok: false }));
  const open = await values(failing);
  expect(open).toMatchObject({ active_bursts: [2, 2], mttr_minutes: [null, null] });
  const recovered = await values([...failing, line({ minute: 30 }), line({ minute: 40 })]);
  expect(recovered).toMatchObject({
    active_bursts: [0, 0],
    mttr_minutes: [20, 30],
    failures: [3, 3],
    failure_rate: [0.6, null],
  });
});

test("[SIG-8] below the minimum number of calls we give no rate and no score", async () => {
  expect(await values(many(9, () => ({})))).toMatchObject({
    overall: [92.5, null],
    grade: ["B", "insufficient data"],
    failure_rate: [0, null],
  });
  expect(
    (
      await values(
        many(9, () => ({})),
        { minimumN: 5 },
      )
    )["grade"]?.[1],
  ).not.toBe("insufficient data");
});

test("[SIG-8] the log of the golden day gives the numbers worked out by hand", async () => {
  expect(await values(goldenLines("toolcalls/day.ndjson"))).toMatchObject({
    // 8 entries with a time, none before the window; the twin of the last line is a call of its own to them.
    calls: [8, 7],
    failures: [2, 2],
    invalid_lines: [1, 2],
    failure_rate: [0.25, null],
    // 4000 2000 2500 3500 90000 0 100 100 against the same without the missing one and the twin.
    p50_ms: [2_250, 3_000],
    p95_ms: [3_850, 68_500],
    // 9 and 6 minutes to them, one incident of 9 to us.
    mttr_minutes: [7.5, 9],
    active_bursts: [0, 0],
    // 1060 + guessed 90 + 320 + 15 + 0 + 7 + 1 + 1, against what was measured and distinct.
    total_tokens: [1_494, 1_388],
    estimated_tokens: [90, 0],
    token_coverage: [1, 0.5714],
    // The robot and the left-over error, twice each, and one duplicate cluster, over 8.
    audit_anomaly_rate: [0.625, 0.4],
  });
});

test("[SIG-8] the sample of the audit is the predecessor's for a seed", async () => {
  // Worked out apart from this code: xorshift32, Fisher–Yates from the end, the first 25 of 60.
  const lines = many(60, (index) => ({ tool: index < 30 ? "" : "npm" }));
  const rates = await Promise.all(
    [1, 2, 3].map(async (auditSeed) => (await values(lines, { auditSeed }))["audit_anomaly_rate"]?.[0]),
  );
  expect(rates).toEqual([0.44, 0.56, 0.52]);
  expect((await values(lines))["audit_anomaly_rate"]?.[1]).toBe(0.5);
});
