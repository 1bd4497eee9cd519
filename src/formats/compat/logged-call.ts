import { isObject, parseJson, stringAt } from "../../kit/json.ts";
import { usesNoModel } from "../toolcalls/toolcall-line.ts";
import { estimatedUsage, statedUsage } from "../toolcalls/toolcall-usage.ts";

/** One log line as seed 000 reads it, with its habits: no duration is 0 ms, an unknown word is `unknown`. */
export interface LoggedCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tool: string;
  readonly action: string;
  readonly ok: boolean;
  readonly errorType: string;
  readonly durationMs: number | null;
  /** A job that is let off the latency rule. */
  readonly batch: boolean;
  /** `null` when nothing is stated and nothing can be guessed. */
  readonly tokens: number | null;
  /** Guessed by the scorecard itself; the logger's own guesses pass as stated. */
  readonly guessed: boolean;
}

/** A line that parsed, whatever it is; `value` is what the audit looks at. */
export type LoggedLine =
  | { readonly kind: "invalid" }
  | { readonly kind: "entry"; readonly at: number | null; readonly value: Record<string, unknown> };

const BATCH_TOOLS = new Set(["daily-improvement", "daily-interaction", "daily-pr-green", "backlog-autopilot"]);

/** Reads one line the way the predecessor does: JSON or invalid, and a time or none. */
export function readLoggedLine(text: string): LoggedLine {
  const value = parseJson(text);
  if (value === undefined) return { kind: "invalid" };
  const members = isObject(value) ? value : {};
  return { kind: "entry", at: timeOf(members["tsIso"]), value: members };
}

export function loggedCall(at: number, value: Record<string, unknown>, guess: boolean): LoggedCall {
  const tool = word(value, "tool");
  const durationMs = numberOf(value["durationMs"]);
  const duration = durationMs !== null && durationMs >= 0 ? durationMs : null;
  const stated = statedUsage(value, tokenCount)?.total;
  const guessed =
    guess && stated === undefined && !noModel(tool, value) ? (estimatedUsage(duration)?.total ?? null) : null;
  return {
    at,
    tool,
    action: word(value, "action"),
    ok: value["ok"] === true,
    errorType: stringAt(value, "errorType")?.trim() || "none",
    durationMs: duration,
    batch: BATCH_TOOLS.has(tool.toLowerCase()) || latencyClass(value) === "batch",
    tokens: stated === undefined ? (noModel(tool, value) ? 0 : guessed) : stated,
    guessed: guessed !== null,
  };
}

/** JavaScript's `Number`, as they use it: `null` and empty text are 0. `null` for what is no number. */
export function numberOf(value: unknown): number | null {
  const number = Number(value);
  return value === undefined || !Number.isFinite(number) ? null : number;
}

function tokenCount(value: unknown): number | null {
  const number = numberOf(value);
  return number === null || number < 0 ? null : Math.round(number);
}

/** JavaScript's `Date`, as they use it: numbers are milliseconds. */
function timeOf(value: unknown): number | null {
  const ms =
    typeof value === "number" && value !== 0 ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function word(value: Record<string, unknown>, key: string): string {
  return stringAt(value, key)?.trim() || "unknown";
}

function latencyClass(value: Record<string, unknown>): string {
  return (stringAt(value["context"], "latencyClass") ?? "").trim().toLowerCase();
}

function noModel(tool: string, value: Record<string, unknown>): boolean {
  const context = value["context"];
  return usesNoModel(tool) && !(isObject(context) && context["nonLlm"] === false);
}
