import { rolloutTokenReader } from "./rollout-reader.ts";
import { countTokens, newTokenCounter } from "./token-counter.ts";

/**
 * Says from a few bytes of a line whether a token counter must see it: usage, the model, and for versions without usage
 * records also running totals and what interrupts them. Made anew for every file; its first line decides the version.
 * A line that does not begin as the recorder writes them is always wanted: its reader will know.
 */
export function tokenLineFilter(): (bytes: Uint8Array, start: number, end: number) => boolean {
  let hasRecords: boolean | null = null;
  return (bytes, start, end) => {
    if (hasRecords !== null) return isWanted(bytes, start, hasRecords);
    hasRecords = beginsWithRecords(bytes.subarray(start, end));
    return true;
  };
}

function beginsWithRecords(firstLine: Uint8Array): boolean {
  const { records } = rolloutTokenReader.read({ head: firstLine, tail: null, length: firstLine.length });
  return records.reduce((state, record) => countTokens(state, record).state, newTokenCounter()).hasRecords;
}

const [E, I, O, R, T, W, C] = Buffer.from("eiortwc");
const COMMA = 44;
/** Bytes of `{"timestamp":"2026-11-20T02:33:00.512Z",` and of `"type":"`. */
const TIME_BYTES = 40;
const TYPE_BYTES = 8;
/** Bytes from the type `event_msg` to the type of its payload. */
const TO_PAYLOAD_TYPE = `event_msg","payload":{"type":"`.length;
/** Digits of an ordinal that are looked through. */
const ORDINAL_BYTES = 26;

function isWanted(bytes: Uint8Array, start: number, hasRecords: boolean): boolean {
  const at = typeAt(bytes, start);
  const letter = at === -1 ? T : bytes[at];
  if (letter === R || letter === W || letter === C) return false;
  if (letter === E) return !hasRecords && bytes[at + TO_PAYLOAD_TYPE] === T;
  return letter !== I || !hasRecords;
}

/** Where the value of a line's type begins; -1 for a line that is written otherwise. */
function typeAt(bytes: Uint8Array, start: number): number {
  const member = start + TIME_BYTES;
  if (bytes[member - 1] !== COMMA) return -1;
  if (bytes[member + 1] === T) return member + TYPE_BYTES;
  if (bytes[member + 1] !== O) return -1;
  const comma = bytes.indexOf(COMMA, member);
  return comma === -1 || comma > member + ORDINAL_BYTES ? -1 : comma + 1 + TYPE_BYTES;
}
