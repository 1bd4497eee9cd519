import { isObject, numberAt, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { type Instant, parseInstant } from "../../model/time.ts";
import type { RawLine } from "../record.ts";

/** One spine line with its envelope read; `payload` is still foreign. */
export interface SpineLine {
  readonly threadId: string | null;
  readonly seq: number | null;
  readonly at: Instant | null;
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

/** A line whose middle was cut away: the envelope, and the parts that are left as text. */
export interface CutSpineLine extends Omit<SpineLine, "payload"> {
  readonly head: string;
  readonly tail: string;
}

export type SpineLineResult =
  | { readonly kind: "line"; readonly line: SpineLine }
  | { readonly kind: "cut"; readonly line: CutSpineLine }
  | { readonly kind: "unreadable"; readonly reason: string };

const decoder: { decode(bytes: Uint8Array): string } = new TextDecoder();

/** Reads the envelope of one line; anything that is not a JSON object is unreadable with its reason. */
export function readSpineLine(line: RawLine): SpineLineResult {
  const head = decoder.decode(line.head);
  if (line.tail !== null) return readCutLine(head, decoder.decode(line.tail));
  const value = parseJson(head);
  if (!isObject(value)) return { kind: "unreadable", reason: value === undefined ? "not JSON" : "not a JSON object" };
  return {
    kind: "line",
    line: {
      threadId: stringAt(value, "thread_id"),
      seq: numberAt(value, "seq"),
      at: parseInstant(stringAt(value, "timestamp")),
      type: stringAt(value, "type") ?? "",
      payload: objectAt(value, "payload") ?? {},
    },
  };
}

/** The writer puts the envelope before the payload, so the head of a cut line still has it. */
function readCutLine(head: string, tail: string): SpineLineResult {
  const envelope = head.slice(0, Math.max(0, head.indexOf('"payload"')));
  const type = memberText(envelope, "type");
  if (type === null) return { kind: "unreadable", reason: "too long, and its envelope is not at its start" };
  const seq = memberNumber(envelope, "seq");
  const at = parseInstant(memberText(envelope, "timestamp"));
  return { kind: "cut", line: { threadId: memberText(envelope, "thread_id"), seq, at, type, head, tail } };
}

/** First string member of that name in a piece of JSON; inside a string its quotes would be escaped and not match. */
export function memberText(json: string, name: string): string | null {
  return new RegExp(String.raw`"${name}"\s*:\s*"([^"\\]*)"`).exec(json)?.[1] ?? null;
}

/** First number member of that name in a piece of JSON. */
export function memberNumber(json: string, name: string): number | null {
  const digits = new RegExp(String.raw`"${name}"\s*:\s*(-?\d+)`).exec(json)?.[1];
  return digits === undefined ? null : Number(digits);
}
