/** What the rubric is fed: once as seed 000 gathers it, once as it should be gathered. */
import type { LoggedCall } from "./logged-call.ts";
import type { RubricFacts } from "./rubric.ts";

/** Calls over this many milliseconds leave the fast lane, and with it the predecessor's latency. */
const FAST_LANE_MS = 12_000;
const BURST_MS = 15 * 60_000;
const MINUTE = 60_000;

export interface FactsAround {
  readonly windowHours: number;
  readonly invalidLines: number;
  readonly impact: number | null;
  readonly closure: number | null;
  readonly prHealth: number | null;
}

/** As the predecessor does it: slow calls are left out of the latency, guesses count as coverage. Calls in time order. */
export function theirFacts(calls: readonly LoggedCall[], around: FactsAround): RubricFacts {
  const durations = durationsOf(calls);
  const fast = durationsOf(calls.filter((call) => !call.batch)).filter((ms) => ms <= FAST_LANE_MS);
  return {
    ...around,
    ...counted(calls),
    p95Ms: percentile(fast, 0.95),
    p50Ms: percentile(durations, 0.5),
    mttrMinutes: mean(failureMinutes(calls)),
    ...tokensOf(calls),
    hasDurations: durations.length > 0,
  };
}

/** One call as we read it: `tokens` only where measured, `durationMs` only where stated. */
export type OurCall = Pick<LoggedCall, "at" | "tool" | "action" | "ok" | "errorType" | "durationMs" | "tokens">;

/** The honest variant: latency of every call, measured tokens only, one recovery per incident. Calls in time order. */
export function ourFacts(calls: readonly OurCall[], around: FactsAround): RubricFacts {
  const durations = durationsOf(calls);
  return {
    ...around,
    ...counted(calls),
    p95Ms: percentile(durations, 0.95),
    p50Ms: percentile(durations, 0.5),
    mttrMinutes: mean(incidentMinutes(calls)),
    ...tokensOf(calls),
    hasDurations: durations.length > 0,
  };
}

function counted(calls: readonly OurCall[]): Pick<RubricFacts, "calls" | "successes" | "activeBursts"> {
  return { calls: calls.length, successes: calls.filter((call) => call.ok).length, activeBursts: activeBursts(calls) };
}

function tokensOf(calls: readonly OurCall[]): Pick<RubricFacts, "coverage" | "totalTokens"> {
  const counts = calls.map((call) => call.tokens).filter((tokens) => tokens !== null);
  const totalTokens = counts.reduce((sum, tokens) => sum + tokens, 0);
  return { coverage: calls.length === 0 ? null : counts.length / calls.length, totalTokens };
}

function durationsOf(calls: readonly OurCall[]): readonly number[] {
  return calls.map((call) => call.durationMs).filter((ms) => ms !== null);
}

function actionOf(call: OurCall): string {
  return `${call.tool}::${call.action}`;
}

/** Pairs of like failures at most 15 minutes apart, after the last success of their action. */
function activeBursts(calls: readonly OurCall[]): number {
  const lastSuccess = new Map(calls.filter((call) => call.ok).map((call) => [actionOf(call), call.at]));
  const lastFailure = new Map<string, number>();
  let bursts = 0;
  for (const call of calls) {
    const overcome = call.at <= (lastSuccess.get(actionOf(call)) ?? -Infinity);
    if (call.ok || overcome) continue;
    const signature = `${actionOf(call)}::${call.errorType}`;
    if (call.at - (lastFailure.get(signature) ?? -Infinity) <= BURST_MS) bursts += 1;
    lastFailure.set(signature, call.at);
  }
  return bursts;
}

/** Every failure to the next success of its action, so a long incident counts once per failure in it. */
function failureMinutes(calls: readonly OurCall[]): readonly number[] {
  const nextSuccess = new Map<string, number>();
  return calls.toReversed().flatMap((call) => {
    if (call.ok) nextSuccess.set(actionOf(call), call.at);
    const recovered = call.ok ? undefined : nextSuccess.get(actionOf(call));
    return recovered === undefined ? [] : [(recovered - call.at) / MINUTE];
  });
}

/** An incident lasts from an action's first failure to its next success, however often it fails in between. */
function incidentMinutes(calls: readonly OurCall[]): readonly number[] {
  const began = new Map<string, number>();
  const minutes: number[] = [];
  for (const call of calls) {
    const action = actionOf(call);
    const start = began.get(action);
    if (!call.ok) began.set(action, start ?? call.at);
    else if (start !== undefined) {
      minutes.push((call.at - start) / MINUTE);
      began.delete(action);
    }
  }
  return minutes;
}

/** Linear between neighbours at rank p·(n−1). */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (rank - Math.floor(rank));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
