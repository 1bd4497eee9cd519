/**
 * Token counts of a tool call under every name they were ever logged with. Each count is taken from the first place that
 * has it: the usage objects, then the line itself, then its context. Where a line has none, an estimate from its
 * duration is possible; it is a guess about typing speed and is marked as one.
 */
import { isObject, objectAt } from "../../kit/json.ts";

/** Counts as they were logged; `null` where the line has none. `output` does not include `reasoning` unless `total` says so. */
export interface ToolcallUsage {
  readonly input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly total: number | null;
  /** The counts are a guess: ours, or the logger's own. */
  readonly estimated: boolean;
}

type Count = keyof typeof ALIASES;

const ALIASES = {
  input: ["inputTokens", "promptTokens", "prompt_tokens", "tokensIn", "input_tokens"],
  output: ["outputTokens", "completionTokens", "completion_tokens", "tokensOut", "output_tokens"],
  reasoning: [
    "reasoningTokens",
    "reasoning_tokens",
    "reasoningOutputTokens",
    "reasoning_output_tokens",
    "tokensReasoning",
    "reasoning",
  ],
  cacheRead: [
    "cacheReadTokens",
    "cache_read_tokens",
    "cachedInputTokens",
    "cached_input_tokens",
    "cachedTokensRead",
    "cacheRead",
  ],
  cacheWrite: ["cacheWriteTokens", "cache_write_tokens", "cachedTokensWrite", "cacheWrite"],
  total: ["totalTokens", "total_tokens", "tokensTotal", "total"],
} as const;

/** Turns a foreign value into a count; `null` for what is none. */
export type CountOf = (value: unknown) => number | null;

/** A number or digits; everything else says nothing. */
export function countOf(value: unknown): number | null {
  if (typeof value === "string" && value.trim() === "") return null;
  if (typeof value !== "number" && typeof value !== "string") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? Math.round(number) : null;
}

/** The counts a line states; `null` when it states none. A missing total is the sum of what was counted apart. */
export function statedUsage(line: Record<string, unknown>, count: CountOf = countOf): ToolcallUsage | null {
  const places = placesOf(line);
  const find = (name: Count): number | null => findCount(places, ALIASES[name], count);
  const [input, output, reasoning] = [find("input"), find("output"), find("reasoning")];
  const [cacheRead, cacheWrite] = [find("cacheRead"), find("cacheWrite")];
  const sum = (input ?? 0) + (output ?? 0) + (reasoning ?? 0) + (cacheWrite ?? 0);
  const total = find("total") ?? (sum > 0 ? sum : null);
  const counts = [input, output, reasoning, cacheRead, cacheWrite, total];
  if (counts.every((value) => value === null)) return null;
  return { input, output, reasoning, cacheRead, cacheWrite, total, estimated: places.some(saysEstimated) };
}

function placesOf(line: Record<string, unknown>): readonly Record<string, unknown>[] {
  const context = objectAt(line, "context") ?? {};
  const inner = [
    line["usage"],
    line["tokenUsage"],
    context["usage"],
    context["tokenUsage"],
    line["runtimeUsage"],
    context["runtimeUsage"],
  ];
  return [...inner.filter(isObject), line, context];
}

function findCount(
  places: readonly Record<string, unknown>[],
  names: readonly string[],
  count: CountOf,
): number | null {
  for (const place of places) {
    for (const name of names) {
      const value = Object.hasOwn(place, name) ? count(place[name]) : null;
      if (value !== null) return value;
    }
  }
  return null;
}

function saysEstimated(place: Record<string, unknown>): boolean {
  return (
    place["estimated"] === true ||
    place["estimationMethod"] === ESTIMATION_METHOD ||
    place["source"] === ESTIMATION_METHOD
  );
}

const ESTIMATION_METHOD = "duration-rate-v1";

export interface EstimateOptions {
  readonly tokensPerSecond: number;
  readonly minTotalTokens: number;
}

export const ESTIMATE_DEFAULTS: EstimateOptions = { tokensPerSecond: 45, minTotalTokens: 32 };

/** The predecessor's guess: tokens flow at a fixed rate while a call runs. `null` for a call without a duration. */
export function estimatedUsage(
  durationMs: number | null,
  options: EstimateOptions = ESTIMATE_DEFAULTS,
): ToolcallUsage | null {
  if (durationMs === null || durationMs <= 0) return null;
  const target = Math.max(Math.round((durationMs / 1000) * options.tokensPerSecond), options.minTotalTokens);
  const output = Math.max(1, Math.round(target * 0.5));
  const input = Math.max(1, Math.round(target * 0.32));
  const reasoning = Math.max(target - output - input, Math.round(target * 0.18));
  return { input, output, reasoning, cacheRead: 0, cacheWrite: 0, total: input + output + reasoning, estimated: true };
}
