import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { Instant } from "../../model/time.ts";
import type { TokenCounts } from "../../model/tokens.ts";
import type { TraceRecord } from "../record.ts";

/** The parsed inside of a line: an object whose members nobody has checked. */
export type Payload = Readonly<Record<string, unknown>>;

/** Turns one kind of payload into records. */
export type ReadPayload = (payload: Payload, at: Instant | null) => readonly TraceRecord[];

/** The record for a line that lacks what it cannot do without. */
export function lacking(member: string): readonly TraceRecord[] {
  return [{ kind: "unreadable", reason: `has no ${member}` }];
}

/** The turn a response item belongs to, where the version says it. */
export function turnIdOf(payload: Payload): string | null {
  return stringAt(payload, "turn_id") ?? stringAt(payload["internal_chat_message_metadata_passthrough"], "turn_id");
}

/** Codex's six counts; a missing total is input plus output. `null` when it is not an object. */
export function tokensOf(usage: unknown): TokenCounts | null {
  if (objectAt({ usage }, "usage") === null) return null;
  const input = numberAt(usage, "input_tokens") ?? 0;
  const output = numberAt(usage, "output_tokens") ?? 0;
  return {
    input,
    cachedInput: numberAt(usage, "cached_input_tokens") ?? 0,
    cacheWriteInput: numberAt(usage, "cache_write_input_tokens") ?? 0,
    output,
    reasoning: numberAt(usage, "reasoning_output_tokens") ?? 0,
    total: numberAt(usage, "total_tokens") ?? input + output,
  };
}

/** `{secs, nanos}` in milliseconds. */
export function durationMs(duration: unknown): number | null {
  const seconds = numberAt(duration, "secs");
  return seconds === null ? null : Math.round(seconds * 1000 + (numberAt(duration, "nanos") ?? 0) / 1_000_000);
}

/** The text parts of a message's content, joined; parts of other kinds (images) are left out. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: unknown) => stringAt(part, "text") ?? "").join("");
}
