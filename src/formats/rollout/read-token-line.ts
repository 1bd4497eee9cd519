import type { Instant } from "../../model/time.ts";
import type { TokenCounts } from "../../model/tokens.ts";
import type { TraceRecord } from "../record.ts";
import type { LineHead } from "./line-head.ts";

/**
 * Token lines are the most frequent of all and always written alike, so they are read without parsing: half the time.
 * `null` for any that is written otherwise; it is parsed like every other line.
 */
export function readTokenLine(line: Buffer, { name, at }: LineHead): TraceRecord | null {
  if (name === "token_usage_record") return usageRecord(line.toString("latin1"), at);
  return name === "event_msg/token_count" ? runningTotals(line.toString("latin1"), at) : null;
}

const COUNTS =
  /\{"input_tokens":(\d{1,15}),"cached_input_tokens":(\d{1,15}),(?:"cache_write_input_tokens":(\d{1,15}),)?"output_tokens":(\d{1,15}),"reasoning_output_tokens":(\d{1,15}),"total_tokens":(\d{1,15})\}/y;

function usageRecord(text: string, at: Instant | null): TraceRecord | null {
  const tokens = countsAfter(text, '"usage":');
  const responseId = idAfter(text, '"response_id":"');
  if (tokens === null || responseId === null || !text.endsWith("}}")) return null;
  const turnId = idAfter(text, '"turn_id":"');
  const threadId = idAfter(text, '"thread_id":"');
  return turnId === null || threadId === null ? null : { kind: "usage", at, turnId, responseId, tokens, threadId };
}

function runningTotals(text: string, at: Instant | null): TraceRecord | null {
  const total = countsAfter(text, '"total_token_usage":');
  const last = countsAfter(text, '"last_token_usage":');
  return total === null || last === null || !text.endsWith("}}") ? null : { kind: "token_count", at, total, last };
}

function countsAfter(text: string, mark: string): TokenCounts | null {
  const found = text.indexOf(mark);
  if (found < 0) return null;
  COUNTS.lastIndex = found + mark.length;
  const match = COUNTS.exec(text);
  if (match === null) return null;
  const [, input, cachedInput, cacheWriteInput = 0, output, reasoning, total] = match;
  return {
    input: Number(input),
    cachedInput: Number(cachedInput),
    cacheWriteInput: Number(cacheWriteInput),
    output: Number(output),
    reasoning: Number(reasoning),
    total: Number(total),
  };
}

/** An id of letters, digits, `_` and `-`; a line with any other is not for here. */
function idAfter(text: string, mark: string): string | null {
  const start = text.indexOf(mark) + mark.length;
  if (start < mark.length) return null;
  const id = text.slice(start, text.indexOf('"', start));
  return /^[\w-]+$/.test(id) ? id : null;
}
