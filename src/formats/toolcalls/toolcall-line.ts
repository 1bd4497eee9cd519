import { isObject, numberAt, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { type Instant, parseInstant } from "../../model/time.ts";
import { statedUsage, type ToolcallUsage } from "./toolcall-usage.ts";

/** One logged call, as the line says it; unknown keys are passed over. */
export interface Toolcall {
  /** When the call ended: the logger writes a line after it. */
  readonly at: Instant;
  readonly actor: string;
  readonly tool: string;
  readonly action: string;
  readonly ok: boolean;
  readonly durationMs: number | null;
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  readonly usage: ToolcallUsage | null;
  /** `context.retryGovernor`, as it stands; `null` where there is none. */
  readonly retryGovernor: Record<string, unknown> | null;
}

export type ToolcallResult =
  | { readonly kind: "toolcall"; readonly call: Toolcall }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Tools of the predecessor that run without a model: they use no tokens, and none must be guessed. */
const WITHOUT_MODEL = new Set(["daily-improvement", "daily-interaction", "daily-pr-green"]);

export function usesNoModel(tool: string): boolean {
  return WITHOUT_MODEL.has(tool.toLowerCase());
}

/** Reads one line. A line without a time cannot be placed in any day, so it is set aside with its reason. */
export function readToolcall(text: string): ToolcallResult {
  const line = parseJson(text);
  if (!isObject(line)) return { kind: "unreadable", reason: line === undefined ? "not JSON" : "not a JSON object" };
  const at = parseInstant(stringAt(line, "tsIso"));
  if (at === null) return { kind: "unreadable", reason: "tsIso is not a time" };
  if (typeof line["ok"] !== "boolean") return { kind: "unreadable", reason: "ok is neither true nor false" };
  const duration = durationOf(line["durationMs"]);
  return {
    kind: "toolcall",
    call: {
      at,
      actor: wordAt(line, "actor") ?? "unknown",
      tool: wordAt(line, "tool") ?? "unknown",
      action: wordAt(line, "action") ?? "unknown",
      ok: line["ok"],
      durationMs: duration,
      errorType: wordAt(line, "errorType"),
      errorMessage: wordAt(line, "errorMessage"),
      usage: statedUsage(line),
      retryGovernor: objectAt(objectAt(line, "context"), "retryGovernor"),
    },
  };
}

/** Milliseconds, also where they were logged as digits in a string; less than nothing is nothing. */
function durationOf(value: unknown): number | null {
  const digits = typeof value === "string" && value.trim() !== "" ? Number(value) : numberAt({ value }, "value");
  return digits !== null && Number.isFinite(digits) && digits >= 0 ? digits : null;
}

function wordAt(line: Record<string, unknown>, key: string): string | null {
  const word = stringAt(line, key)?.trim() ?? "";
  return word === "" ? null : word;
}
