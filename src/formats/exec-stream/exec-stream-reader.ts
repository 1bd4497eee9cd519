import { isObject, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { NO_TOKENS } from "../../model/tokens.ts";
import type { LineReader, MarkRecord, RawLine, TraceRecord } from "../record.ts";
import { bufferOf } from "../rollout/line-head.ts";
import { EVENTS } from "../rollout/line-kinds.ts";
import { tokensOf, type Payload, type ReadPayload } from "../rollout/payload.ts";
import { UNKNOWN_SESSION } from "../session-parts.ts";
import { readExecItem } from "./exec-items.ts";

/**
 * Reads what `codex exec --json` prints. Lines carry no times and no turn ids, items are numbered within their stream
 * only, and failures that a sandbox answers quickly are missing: for a thread whose rollout is known, the rollout
 * decides and the stream adds its errors.
 */
export const execStreamReader: LineReader = {
  source: "exec",
  read: (line) => ({ records: readExecLine(line), ordinal: null, at: null }),
};

function readExecLine(line: RawLine): readonly TraceRecord[] {
  if (line.tail !== null) return unreadable(`too long to read: ${line.length} bytes`);
  const parsed = parseJson(bufferOf(line.head).toString("utf8"));
  if (!isObject(parsed)) return unreadable(parsed === undefined ? "not JSON" : "not an object");
  const message = objectAt(parsed, "msg");
  if (message !== null) return readOldEvent(message);
  const type = stringAt(parsed, "type");
  if (type === null) return [{ kind: isOldGreeting(parsed) ? "ignored" : "unknown", type: "untyped" }];
  return LINES.get(type)?.(parsed, null) ?? [{ kind: "unknown", type }];
}

/** The oldest streams: `{id, msg: {type, …}}` with the payloads that rollouts call events. */
function readOldEvent(message: Payload): readonly TraceRecord[] {
  const type = stringAt(message, "type") ?? "untyped";
  if (type === "session_configured") return startedThread(stringAt(message, "session_id"));
  return EVENTS.get(type)?.(message, null) ?? [{ kind: "ignored", type: `msg/${type}` }];
}

/** The oldest streams begin with the settings and the prompt. */
export function isOldGreeting(line: Payload): boolean {
  return "prompt" in line || ("workdir" in line && "model" in line);
}

const LINES: ReadonlyMap<string, ReadPayload> = new Map<string, ReadPayload>([
  ["thread.started", (line) => startedThread(stringAt(line, "thread_id"))],
  ["turn.started", () => [{ kind: "turn_started", at: null, turnId: null, compaction: false }]],
  ["turn.completed", (line) => [...totals(line), endedTurn("completed", null)]],
  ["turn.failed", (line) => [endedTurn("failed", stringAt(objectAt(line, "error"), "message") ?? "error")]],
  ["error", (line) => [errorMark(stringAt(line, "message") ?? "")]],
  ["item.started", (line) => readExecItem(objectAt(line, "item") ?? {}, "started")],
  ["item.updated", (line) => readExecItem(objectAt(line, "item") ?? {}, "updated")],
  ["item.completed", (line) => readExecItem(objectAt(line, "item") ?? {}, "completed")],
]);

function startedThread(id: string | null): readonly TraceRecord[] {
  return id === null ? unreadable("has no thread id") : [{ ...UNKNOWN_SESSION, id, timeless: true }];
}

function endedTurn(outcome: "completed" | "failed", error: string | null): TraceRecord {
  return { kind: "turn_ended", at: null, turnId: null, outcome, error };
}

/** The thread's total so far, earlier runs of it included (since 0.93). */
function totals(line: Payload): readonly TraceRecord[] {
  const total = tokensOf(line["usage"]);
  return total === null ? [] : [{ kind: "token_count", at: null, total, last: NO_TOKENS }];
}

/** A stream that was cut and picked up again says so as an error that ends nothing. */
function errorMark(detail: string): MarkRecord {
  const mark = /^(?:Reconnecting|stream (?:error|disconnected))/i.test(detail) ? "stream_error" : "error";
  return { kind: "mark", mark, at: null, turnId: null, callId: null, detail, count: null };
}

function unreadable(reason: string): readonly TraceRecord[] {
  return [{ kind: "unreadable", reason }];
}
