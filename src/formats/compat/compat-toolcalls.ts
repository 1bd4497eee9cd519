import { type Instant, msOf } from "../../model/time.ts";
import type { RawLine } from "../record.ts";
import { readToolcall, type Toolcall } from "../toolcalls/toolcall-line.ts";
import { type CompatRow, compatRows, type Metrics } from "./compat-row.ts";
import { type ImprovementState, readImprovementState } from "./improvement-state.ts";
import { type LoggedCall, loggedCall, type LoggedLine, readLoggedLine } from "./logged-call.ts";
import { type FactsAround, type OurCall, ourFacts, theirFacts } from "./rubric-facts.ts";
import { type RubricFacts, type RubricPhase, rubricScorecard, type Scorecard } from "./rubric.ts";
import { ourAnomalyRate, theirAnomalyRate } from "./telemetry-audit.ts";

export interface CompatToolcallsOptions {
  /** The end of the windows; the time of the last call unless said otherwise, so that an old log can be judged. */
  readonly now?: Instant;
  /** Parsed `.codex/improvement-state.json`, for the quality dimension. */
  readonly state?: unknown;
  /** Fewer calls than this and we give no rate and no score. */
  readonly minimumN?: number;
  /** False for the predecessor's `--estimate-token-usage false`. */
  readonly guessTokens?: boolean;
  readonly phase?: RubricPhase;
  /** Seed of the audit's sample; the predecessor's own default depends on the second it runs in. */
  readonly auditSeed?: number;
}

const RUBRIC_HOURS = 24;
const AUDIT_HOURS = 72;
const HOUR = 3_600_000;
const MINIMUM_N = 10;

/** The numbers of a row, in the order they are shown, with why the two may differ. */
const REASONS = {
  calls: "ours sets aside lines without a time or an outcome and takes a line that stands twice as one call",
  failures:
    "ours sets aside lines without an outcome, which theirs takes for failures, and counts a repeated line once",
  invalid_lines: "theirs counts only what is not JSON; ours also lines without a time or an outcome",
  failure_rate: "ours is over distinct calls, and says nothing below the minimum number of calls",
  p50_ms: "theirs takes a missing duration for 0 ms; ours leaves it out",
  p95_ms: "theirs leaves out every call over 12 s and every batch job; ours is over all calls",
  mttr_minutes: "theirs counts each failure of an incident; ours each incident once, from its first failure",
  active_bursts: "a repeated line is one failure in ours",
  token_coverage:
    "theirs counts guesses, the logger's and its own, and jobs without a model; ours counts measured calls only",
  total_tokens: "theirs adds guesses made from durations; ours adds measured tokens only",
  estimated_tokens: "what theirs guessed itself; ours never adds a guess to a total",
  tokens_per_success: "follows from the totals",
  reliability: "follows from failures, bursts and invalid lines",
  speed: "follows from the latencies and recoveries",
  efficiency: "follows from coverage and tokens",
  throughput: "follows from the calls",
  quality: "taken from the same state file",
  overall:
    "theirs is a mean over whatever is known; ours is the same formula over honest inputs, and nothing below the minimum number of calls",
  grade: "follows from the overall score",
  strict_passes: "theirs passes when slow calls leave the latency empty or guesses fill the coverage",
  audit_anomaly_rate:
    "theirs divides findings by 25 sampled entries that have a time; ours divides anomalous lines by all lines of the window",
  audit_status: "follows from the anomaly rate",
} as const;

/** Seed 000's tool call numbers, scorecard `v1` and audit over its own log, beside ours. */
export async function compatToolcalls(
  lines: AsyncIterable<RawLine> | Iterable<RawLine>,
  options: CompatToolcallsOptions = {},
): Promise<readonly CompatRow[]> {
  const log = await readLog(lines);
  const now = options.now === undefined ? log.lastAt : msOf(options.now);
  const state = readImprovementState(options.state);
  return compatRows(theirMetrics({ log, now, state }, options), ourMetrics({ log, now, state }, options), REASONS);
}

interface Log {
  readonly lines: readonly LoggedLine[];
  /** One per distinct readable line. */
  readonly calls: readonly Toolcall[];
  readonly unreadable: number;
  readonly lastAt: number;
}

interface Scene {
  readonly log: Log;
  readonly now: number;
  readonly state: ImprovementState;
}

async function readLog(raws: AsyncIterable<RawLine> | Iterable<RawLine>): Promise<Log> {
  const decoder = new TextDecoder();
  const lines: LoggedLine[] = [];
  const calls = new Map<string, Toolcall>();
  let [unreadable, lastAt] = [0, 0];
  for await (const raw of raws) {
    const text = decoder.decode(raw.head).trim();
    if (text === "") continue;
    const line = readLoggedLine(text);
    lines.push(line);
    if (line.kind === "entry") lastAt = Math.max(lastAt, line.at ?? 0);
    const result = readToolcall(text);
    if (result.kind === "unreadable") unreadable += 1;
    else calls.set(text, result.call);
  }
  return { lines, calls: [...calls.values()], unreadable, lastAt };
}

function theirMetrics({ log, now, state }: Scene, options: CompatToolcallsOptions): Metrics {
  const invalidLines = log.lines.filter((line) => line.kind === "invalid").length;
  const calls = entriesSince(log.lines, now - RUBRIC_HOURS * HOUR)
    .map(({ at, value }) => loggedCall(at, value, options.guessTokens ?? true))
    .toSorted((left, right) => left.at - right.at);
  const facts = theirFacts(calls, { ...state, invalidLines, windowHours: RUBRIC_HOURS });
  const audited = entriesSince(log.lines, now - AUDIT_HOURS * HOUR).map((entry) => entry.value);
  const seed = options.auditSeed ?? Math.floor(now / 1000) ^ audited.length ^ invalidLines;
  const anomalyRate = theirAnomalyRate(audited, seed);
  return {
    ...factMetrics(facts),
    ...scoreMetrics(rubricScorecard(facts, options.phase)),
    estimated_tokens: guessedTokens(calls),
    strict_passes: strictPasses(facts),
    audit_anomaly_rate: rounded(anomalyRate),
    audit_status: statusOf(anomalyRate),
  };
}

function ourMetrics({ log, now, state }: Scene, options: CompatToolcallsOptions): Metrics {
  const from = now - RUBRIC_HOURS * HOUR;
  const calls = log.calls
    .map(ourCall)
    .filter((call) => call.at >= from)
    .toSorted((left, right) => left.at - right.at);
  const around: FactsAround = { ...state, invalidLines: log.unreadable, windowHours: RUBRIC_HOURS };
  const facts = ourFacts(calls, around);
  const enough = calls.length >= (options.minimumN ?? MINIMUM_N);
  const scores = scoreMetrics(rubricScorecard(facts, "default"));
  const audited = log.lines.filter(
    (line) => line.kind === "invalid" || line.at === null || line.at >= now - AUDIT_HOURS * HOUR,
  );
  const anomalyRate = ourAnomalyRate(audited);
  return {
    ...factMetrics(facts),
    ...(enough ? scores : { grade: INSUFFICIENT }),
    ...(enough ? {} : { failure_rate: null }),
    estimated_tokens: 0,
    strict_passes: enough ? strictPasses(facts) && facts.p95Ms !== null : null,
    audit_anomaly_rate: rounded(anomalyRate),
    audit_status: anomalyRate === null ? INSUFFICIENT : statusOf(anomalyRate),
  };
}

const INSUFFICIENT = "insufficient data";

function ourCall(call: Toolcall): OurCall {
  const { tool, action, ok, durationMs, usage } = call;
  const tokens = usage === null || usage.estimated ? null : usage.total;
  return { at: msOf(call.at), tool, action, ok, errorType: call.errorType ?? "none", durationMs, tokens };
}

function entriesSince(
  lines: readonly LoggedLine[],
  from: number,
): readonly { readonly at: number; readonly value: Record<string, unknown> }[] {
  return lines.flatMap((line) =>
    line.kind === "entry" && line.at !== null && line.at >= from ? [{ at: line.at, value: line.value }] : [],
  );
}

function guessedTokens(calls: readonly LoggedCall[]): number {
  return calls.reduce((sum, call) => sum + (call.guessed ? (call.tokens ?? 0) : 0), 0);
}

function factMetrics(facts: RubricFacts): Metrics {
  const { calls, successes, totalTokens } = facts;
  return {
    calls,
    failures: calls - successes,
    invalid_lines: facts.invalidLines,
    failure_rate: calls === 0 ? null : rounded((calls - successes) / calls),
    p50_ms: rounded(facts.p50Ms),
    p95_ms: rounded(facts.p95Ms),
    mttr_minutes: rounded(facts.mttrMinutes),
    active_bursts: facts.activeBursts,
    token_coverage: rounded(facts.coverage),
    total_tokens: totalTokens,
    tokens_per_success: totalTokens > 0 && successes > 0 ? rounded(totalTokens / successes) : null,
  };
}

function scoreMetrics(scorecard: Scorecard): Metrics {
  const { grade, ...scores } = scorecard;
  return { ...Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, rounded(score)])), grade };
}

/** The predecessor's strict gate; a latency that is not known passes it as 0. */
function strictPasses(facts: RubricFacts): boolean {
  const failureRate = (facts.calls - facts.successes) / Math.max(1, facts.calls);
  const covered = (facts.coverage ?? 0) >= 0.5;
  return facts.calls > 0 && covered && facts.activeBursts <= 6 && (facts.p95Ms ?? 0) <= 15_000 && failureRate <= 0.08;
}

function statusOf(anomalyRate: number): string {
  return anomalyRate > 0.15 ? "needs-attention" : "healthy";
}

/** Four decimals: enough to tell two rates apart, few enough to read. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}
