import { isObject, numberAt, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { parseInstant, type Instant } from "../../model/time.ts";
import type { LineReader, RawLine, ReadLine, TraceRecord } from "../record.ts";
import { readCutLine } from "./cut-lines.ts";
import { bufferOf, itemId, lineHead, nameOf, type LineHead } from "./line-head.ts";
import { IGNORED, WANTED } from "./line-kinds.ts";
import { parseLine } from "./parse-line.ts";
import { readTokenLine } from "./read-token-line.ts";
import type { Payload } from "./payload.ts";

/**
 * Reads rollouts of every era. A line is judged by its head: what is not wanted is never parsed, so a bad byte in the
 * body of such a line goes unseen. A line that begins like none we know is parsed to find out what it is.
 */
export const rolloutReader: LineReader = { source: "rollout", read: readRolloutLine };

/** Reads only what token counting needs and passes over the rest unparsed, calls and messages included. */
export const rolloutTokenReader: LineReader = {
  source: "rollout",
  read: (line) => {
    const head = lineHead(line.head);
    return head === null || TOKEN_LINES.has(head.name) ? readRolloutLine(line) : NOTHING;
  },
};

/** Tells a sub-agent's first own turn apart from the lines it copied; see `replay-watch.ts`. */
const TRIGGER = "inter_agent_communication_metadata";
const TOKEN_LINES: ReadonlySet<string> = new Set(
  `session_meta bare/session turn_context event_msg/task_started event_msg/turn_started event_msg/token_count token_usage_record ${TRIGGER}`.split(
    " ",
  ),
);
const NOTHING: ReadLine = { records: [], ordinal: null };

function readRolloutLine(line: RawLine, awaitsOutput?: (callId: string) => boolean): ReadLine {
  const head = lineHead(line.head);
  if (head === null) return readByParsing(line);
  if (head.name === COMMAND_ITEM && awaitsOutput?.(itemId(line.head)) === true) {
    return { records: ANSWERED, ordinal: head.ordinal, at: head.at };
  }
  const records = skipped(head) ?? (line.tail === null ? readWhole(line.head, head) : readCut(line, line.tail, head));
  return { records, ordinal: head.ordinal, at: head.at };
}

const COMMAND_ITEM = "event_msg/item_completed/CommandExecution";
const ANSWERED: readonly TraceRecord[] = [{ kind: "ignored", type: COMMAND_ITEM }];

/** What the head alone decides: lines without use, lines nobody knows, and compactions, whose bodies run to megabytes. */
function skipped({ name, at }: LineHead): readonly TraceRecord[] | null {
  if (WANTED.has(name) || name === TRIGGER) return null;
  if (name === "compacted") {
    return [{ kind: "mark", mark: "compaction", at, turnId: null, callId: null, detail: "", count: null }];
  }
  return [{ kind: IGNORED.has(name) ? "ignored" : "unknown", type: name }];
}

function readWhole(bytes: Uint8Array, head: LineHead): readonly TraceRecord[] {
  const tokens = readTokenLine(bufferOf(bytes), head);
  if (tokens !== null) return [tokens];
  const parsed = parseLine(bufferOf(bytes), head.name);
  return parsed === null ? unreadable("not JSON") : readParsed(parsed, head);
}

function readParsed(parsed: Payload, { name, at }: LineHead): readonly TraceRecord[] {
  const payload = name.startsWith("bare/") ? parsed : objectAt(parsed, "payload");
  if (payload === null) return unreadable("has no payload");
  if (name === TRIGGER)
    return [{ kind: "ignored", type: payload["trigger_turn"] === true ? `${TRIGGER}/trigger_turn` : TRIGGER }];
  return WANTED.get(name)?.(payload, at) ?? [{ kind: "unknown", type: name }];
}

function readCut(line: RawLine, tail: Uint8Array, { name, at }: LineHead): readonly TraceRecord[] {
  const cut = { name, at, head: bufferOf(line.head).toString("utf8"), tail: bufferOf(tail).toString("utf8") };
  return readCutLine(cut) ?? unreadable(`too long to read: ${line.length} bytes of ${name}`);
}

/** Other writers put spaces or members elsewhere; the meaning is the same. */
function readByParsing(line: RawLine): ReadLine {
  if (line.tail !== null)
    return { records: unreadable(`too long to read: ${line.length} bytes`), ordinal: null, at: null };
  const parsed = parseJson(bufferOf(line.head).toString("utf8"));
  if (!isObject(parsed))
    return { records: unreadable(parsed === undefined ? "not JSON" : "not an object"), ordinal: null, at: null };
  const head = headOf(parsed, parseInstant(stringAt(parsed, "timestamp")));
  return { records: skipped(head) ?? readParsed(parsed, head), ordinal: head.ordinal, at: head.at };
}

function headOf(parsed: Payload, at: Instant | null): LineHead {
  const type = stringAt(parsed, "type");
  const payload = objectAt(parsed, "payload");
  const ordinal = numberAt(parsed, "ordinal");
  if (payload === null || type === null) {
    const isSession = type === null && payload === null && stringAt(parsed, "id") !== null && at !== null;
    return {
      name: `bare/${isSession ? "session" : (type ?? stringAt(parsed, "record_type") ?? "untyped")}`,
      at: null,
      ordinal,
    };
  }
  const payloadType = stringAt(payload, "type");
  const name = payloadType === null ? type : nameOf(type, payloadType, () => stringAt(payload["item"], "type"));
  return { name, at, ordinal };
}

function unreadable(reason: string): readonly TraceRecord[] {
  return [{ kind: "unreadable", reason }];
}
