/**
 * The random audit of seed 000, and the same question asked of every line. Theirs divides findings by sampled entries,
 * after setting aside every line without a time; ours divides anomalous lines by lines.
 */
import { isObject, stringAt } from "../../kit/json.ts";
import { type LoggedLine, numberOf } from "./logged-call.ts";

const ACTORS = new Set(["codex", "github-action", "user"]);
const SAMPLE = 25;
const LONGEST_MS = 30 * 60_000;

type Entry = Record<string, unknown>;

/** Findings per sampled entry; 0 when there is nothing to sample, as theirs says. */
export function theirAnomalyRate(entries: readonly Entry[], seed: number): number {
  const sampled = sample(entries, seed);
  if (sampled.length === 0) return 0;
  const findings = sampled.reduce((sum, entry) => sum + anomalies(entry), 0);
  return (findings + Number(duplicates(entries) > 0)) / sampled.length;
}

/** Lines with at least one anomaly, an unreadable time, or a twin, per line; `null` without lines. */
export function ourAnomalyRate(lines: readonly LoggedLine[]): number | null {
  const seen = new Set<string>();
  const bad = lines.filter((line) => {
    if (line.kind === "invalid" || line.at === null) return true;
    const key = keyOf(line.value);
    const twin = seen.has(key);
    seen.add(key);
    return twin || anomalies(line.value) > 0;
  });
  return lines.length === 0 ? null : bad.length / lines.length;
}

/** Shuffled with xorshift32 from the end, first 25; all when there are no more. */
function sample(entries: readonly Entry[], seed: number): readonly Entry[] {
  if (entries.length <= SAMPLE) return entries;
  const random = xorshift32(seed);
  const pool = [...entries];
  for (let index = pool.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [left, right] = [pool[index], pool[other]];
    if (left === undefined || right === undefined) break;
    [pool[index], pool[other]] = [right, left];
  }
  return pool.slice(0, SAMPLE);
}

export function xorshift32(seed: number): () => number {
  let state = seed | 0 || 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) % 1_000_000) / 1_000_000;
  };
}

/** How many of the checks an entry fails. */
function anomalies(entry: Entry): number {
  const duration = numberOf(entry["durationMs"]) ?? 0;
  const error = text(entry, "errorType");
  const failed = [
    !ACTORS.has(stringAt(entry, "actor") ?? ""),
    text(entry, "tool") === "",
    text(entry, "action") === "",
    typeof entry["ok"] !== "boolean",
    duration < 0,
    duration > LONGEST_MS,
    entry["ok"] === false && error === "" && text(entry, "errorMessage") === "",
    entry["ok"] === true && error !== "",
  ];
  return failed.filter(Boolean).length + usageAnomalies(entry);
}

function usageAnomalies(entry: Entry): number {
  const context = entry["context"];
  const usage = isObject(entry["usage"]) ? entry["usage"] : isObject(context) ? context["usage"] : null;
  if (!isObject(usage)) return 0;
  const count = (key: string): number | null => {
    const number = numberOf(usage[key]);
    return number === null || number < 0 ? null : Math.round(number);
  };
  const [input, output, reasoning, total] = [
    count("inputTokens"),
    count("outputTokens"),
    count("reasoningTokens"),
    count("totalTokens"),
  ];
  const over = (value: number | null, limit: number): boolean => value !== null && value > limit;
  const failed = [
    over(total, 2_000_000),
    over(input, 1_500_000),
    over(output, 1_500_000),
    total !== null && input !== null && output !== null && total < input + output,
    total !== null && over(reasoning, total),
    over(count("cacheReadTokens"), 2_000_000),
    over(count("cacheWriteTokens"), 2_000_000),
  ];
  return failed.filter(Boolean).length;
}

/** How many keys stand more than once. */
function duplicates(entries: readonly Entry[]): number {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1).length;
}

function keyOf(entry: Entry): string {
  return [
    entry["tsIso"],
    entry["actor"],
    entry["tool"],
    entry["action"],
    entry["ok"],
    entry["durationMs"] ?? "n/a",
  ].join("|");
}

function text(entry: Entry, key: string): string {
  return (stringAt(entry, key) ?? "").trim();
}
