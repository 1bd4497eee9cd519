import type { Instant } from "../../model/time.ts";

/**
 * What the first bytes of a line tell without parsing it. `name` is the path of types: `turn_context`,
 * `response_item/function_call`, `event_msg/item_completed/FileChange`, `bare/message`.
 */
export interface LineHead {
  readonly name: string;
  readonly at: Instant | null;
  readonly ordinal: number | null;
}

/** An item's type stands at most this far into its line, behind two ids of 36 characters. */
const HEAD_BYTES = 340;

/**
 * Times are written in UTC with milliseconds; the pattern leaves no room for one that is not a date. Days that only some
 * months and years have are left to a real parser.
 */
const TIME = String.raw`(?!0000|\d{4}-(?:02-(?:29|3)|(?:0[469]|11)-31))\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z`;
const ENVELOPE = new RegExp(
  String.raw`^\{"timestamp":"(${TIME})",(?:"ordinal":(\d{1,15}),)?"type":"(\w+)",?(?:"payload":\{"type":"(\w+)")?`,
);
const BARE = /^\{(?:"record_type":"(\w+)"|"type":"(\w+)"|"id":"[^"]{1,80}","timestamp":")/;

/** Reads the head of a line of any era; `null` when it does not begin like any of them and must be parsed to be known. */
export function lineHead(line: Uint8Array): LineHead | null {
  const text = bufferOf(line).toString("latin1", 0, HEAD_BYTES);
  const envelope = ENVELOPE.exec(text);
  if (envelope === null) return bareHead(text);
  const [, time, ordinal, type = "", payloadType] = envelope;
  if (payloadType === undefined && (type === "event_msg" || type === "response_item")) return null;
  return {
    name: payloadType === undefined ? type : nameOf(type, payloadType, () => itemType(text)),
    at: time as Instant, // the pattern has checked it, and asking Date costs a tenth of all reading
    ordinal: ordinal === undefined ? null : Number(ordinal),
  };
}

/** The name of a line from its two types; items are told apart by a third. */
export function nameOf(type: string, payloadType: string, itemTypeOf: () => string | null): string {
  const isItem = type === "event_msg" && payloadType === "item_completed";
  return isItem ? `event_msg/item_completed/${itemTypeOf() ?? "?"}` : `${type}/${payloadType}`;
}

/** A view of the same bytes with the fast string methods. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function itemType(text: string): string | null {
  const start = text.indexOf('"item":{"type":"');
  return start < 0 ? null : (/^\w+/.exec(text.slice(start + 16, start + 80))?.[0] ?? null);
}

/** The id of the item a line holds, where the recorder always writes it; empty where it stands elsewhere. */
export function itemId(line: Uint8Array): string {
  const text = bufferOf(line).toString("latin1", 0, HEAD_BYTES + ID_BYTES);
  return ITEM_ID.exec(text)?.[1] ?? "";
}

const ID_BYTES = 60;
const ITEM_ID = /"item":\{"type":"\w+","id":"([\w-]+)"/;

/** Codex up to 0.27 wrote items without envelope: no times, and a session line that has no type. */
function bareHead(text: string): LineHead | null {
  const bare = BARE.exec(text);
  if (bare === null) return null;
  const name = bare[1] ?? bare[2] ?? "session";
  return { name: `bare/${name}`, at: null, ordinal: null };
}
