import { isObject, parseJson } from "../../kit/json.ts";
import type { Payload } from "./payload.ts";

/** A stretch of a line that no reader looks at: from `from` up to `to`, or to the end, where `close` ends the JSON. */
interface Unread {
  readonly from: Buffer;
  readonly to: Buffer | null;
  readonly close: string;
}

/** In JSON text these members can only stand where they are meant: inside a string their quotes would be escaped. */
const UNREAD: ReadonlyMap<string, Unread> = new Map([
  ["session_meta", unread(',"base_instructions":', ',"history_mode":', "")],
  ["event_msg/item_completed/CommandExecution", unread(',"formatted_output":', '},"started_at_ms":', "")],
  ["response_item/function_call", unread('},"metadata":{"history_sequence":', null, "}}")],
  ["response_item/function_call_output", unread(',"internal_chat_message_metadata_passthrough":', null, "}}")],
  ["response_item/custom_tool_call", unread('},"metadata":{"history_sequence":', null, "}}")],
  ["response_item/custom_tool_call_output", unread(',"internal_chat_message_metadata_passthrough":', null, "}}")],
]);

function unread(from: string, to: string | null, close: string): Unread {
  return { from: Buffer.from(from), to: to === null ? null : Buffer.from(to), close };
}

/** Parses a line without the stretch nobody reads; the whole of it where that does not work out. `null` is not an object. */
export function parseLine(line: Buffer, name: string): Payload | null {
  const stretch = UNREAD.get(name);
  const short = stretch === undefined ? undefined : parseJson(without(line, stretch));
  const parsed = isObject(short) ? short : parseJson(line.toString("utf8"));
  return isObject(parsed) ? parsed : null;
}

function without(line: Buffer, { from, to, close }: Unread): string {
  const start = line.indexOf(from);
  const end = start < 0 || to === null ? line.length : line.indexOf(to, start);
  if (start < 0 || end < 0) return line.toString("utf8");
  return line.toString("utf8", 0, start) + close + line.toString("utf8", end);
}
