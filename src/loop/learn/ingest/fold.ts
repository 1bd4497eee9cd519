/**
 * Turns the records of one segment, in order, into rows. The readers know formats and keep no state; this knows threads
 * and keeps all of it, in `FoldState`.
 */
import type { ReadLine, SessionRecord, TraceRecord } from "../../../formats/record.ts";
import { followSpine } from "../../../formats/spine/follow-spine.ts";
import { UNKNOWN_SESSION } from "../../../formats/session-parts.ts";
import { threadOfName } from "../../../formats/rollout/thread-of-name.ts";
import { countTokens, newTokenCounter, type CountedTokens } from "../../../formats/rollout/token-counter.ts";
import { wholeOrNull } from "../../../kit/json.ts";
import { idOf } from "../../../model/ids.ts";
import type { Instant } from "../../../model/time.ts";
import type { TokenCounts } from "../../../model/tokens.ts";
import type { Place, Session, TokenUsage } from "../../../model/trace.ts";
import { addItem, endCall, putOpenCalls, startCall } from "./fold-calls.ts";
import { FoldScope } from "./fold-scope.ts";
import { foldContext, foldSession, noteTime, type SessionOptions } from "./fold-session.ts";
import type { At, FoldState } from "./fold-state.ts";
import { endTurn, noteActivity, noteCompaction, putOpenTurn, startTurn } from "./fold-turns.ts";
import type { SegmentFacts, TraceRows } from "./trace-rows.ts";
import { withoutSecretIds } from "./without-secret-ids.ts";

export interface FoldTarget extends SessionOptions {
  readonly rows: TraceRows;
  readonly file: SegmentFacts;
  /** Line types no reader knows, counted. */
  readonly unknownTypes: Map<string, number>;
}

/** Folds one line. `place` is where it stands; its records come from the reader of the file's format. */
export function foldLine(state: FoldState, read: ReadLine, place: Place, target: FoldTarget): void {
  const ordinal = wholeOrNull(read.ordinal);
  if (state.firstOrdinal === null && read.records[0]?.kind !== "unreadable") state.firstOrdinal = ordinal ?? 0;
  const at: At = { segment: place.segment, offset: place.offset, line: place.line, ordinal };
  noteTime(state, read.at ?? null);
  const records = read.records.map((record) => withoutSecretIds(record, target.excerpts));
  for (const record of named(state, followed(state, records), at)) {
    if (record.kind === "session" && isAnother(state, record)) closeSession(state, at, target);
    foldTokens(state, record, at, target);
    if (!foldApart(state, record, at, target)) foldInSession(state, record, at, target);
    if ("at" in record) noteTime(state, record.at);
  }
}

/** A rollout's first line names its thread; where that line is damaged, the name of the file does. */
function named(state: FoldState, records: readonly TraceRecord[], at: At): readonly TraceRecord[] {
  if (state.session !== null || state.source !== "rollout") return records;
  const first = records.find(({ kind }) => kind !== "unreadable" && kind !== "unknown" && kind !== "ignored");
  const id = threadOfName(state.segment);
  if (first === undefined || id === null) return records;
  if (first.kind === "session" && (at.line === 1 || first.id === id)) return records;
  return [{ ...UNKNOWN_SESSION, id }, ...records];
}

/** A spine's line, with what only the lines before it can say; other formats say it themselves. */
function followed(state: FoldState, records: readonly TraceRecord[]): readonly TraceRecord[] {
  if (state.source !== "spine") return records;
  const { memory, records: joined } = followSpine(state.spine, records);
  state.spine = memory;
  return joined;
}

/** Writes what is open where reading stops, with the session and segment rows, so that the store is whole up to here. */
export function checkpoint(state: FoldState, lines: number, target: FoldTarget): void {
  const { rows, file } = target;
  const session = sessionOf(state);
  if (session === null) return;
  rows.sessions.set(session.id, session);
  rows.putSegment({
    sessionId: session.id,
    name: file.name,
    path: file.path,
    lines,
    source: state.source,
    firstOrdinal: state.firstOrdinal ?? 0,
  });
  putOpenTurn(state, rows);
  putOpenCalls(state, rows);
}

function sessionOf(state: FoldState): Session | null {
  return state.session === null
    ? null
    : { ...state.session, lastAt: state.lastAt, model: state.session.model ?? state.model };
}

/** Records that need no session: returns true when it was one. */
function foldApart(state: FoldState, record: TraceRecord, at: At, target: FoldTarget): boolean {
  switch (record.kind) {
    case "session":
      foldSession(state, record, target);
      if (record.revertsFromOrdinal !== null) foldInSession(state, revertMark(record.at), at, target);
      return true;
    case "context":
      if (!isCopied(state)) foldContext(state, record, target.excerpts);
      return true;
    case "unreadable":
      putUnreadable(at, record.reason, target);
      return true;
    case "unknown":
      countUnknown(target, record.type);
      return true;
    case "ignored":
      return true;
    default:
      return false;
  }
}

/** How many types nobody knows are told apart; hostile files could make up any number. */
const UNKNOWN_TYPES = 200;

function countUnknown({ unknownTypes, excerpts }: FoldTarget, type: string): void {
  const word = excerpts.word(type);
  const name = unknownTypes.size < UNKNOWN_TYPES || unknownTypes.has(word) ? word : "others";
  unknownTypes.set(name, (unknownTypes.get(name) ?? 0) + 1);
}

function foldInSession(state: FoldState, record: TraceRecord, at: At, target: FoldTarget): void {
  if (state.session === null || isCopied(state)) return;
  const turnId = "turnId" in record && record.turnId !== null ? idOf.turn(record.turnId) : null;
  foldEvent(
    new FoldScope({ state, rows: target.rows, excerpts: target.excerpts, sessionId: state.session.id, at }, turnId),
    record,
  );
}

function foldEvent(scope: FoldScope, record: TraceRecord): void {
  switch (record.kind) {
    case "turn_started":
      return startTurn(scope, record);
    case "turn_ended":
      return endTurn(scope, record);
    case "message":
      return foldMessage(scope, record);
    case "call_started":
      noteActivity(scope, "call", record.at);
      return startCall(scope, record);
    case "call_ended":
      return endCall(scope, record.callId, record.verdict, record.at);
    case "call_item":
      noteActivity(scope, "call", record.at);
      return addItem(scope, record);
    case "mark":
      return foldMark(scope, record);
    default:
      return undefined;
  }
}

function foldMessage(scope: FoldScope, record: TraceRecord & { kind: "message" }): void {
  noteActivity(scope, record.role, record.at);
  const { segment, offset, line } = scope.at;
  const text = scope.excerpts.message(record.text);
  scope.rows.messages.push({
    sessionId: scope.sessionId,
    segment,
    offset,
    line,
    turnId: scope.turnId,
    role: record.role,
    text,
    at: record.at,
  });
}

function foldMark(scope: FoldScope, record: TraceRecord & { kind: "mark" }): void {
  const { segment, offset, line } = scope.at;
  const callId = record.callId === null ? null : idOf.call(record.callId);
  const detail = scope.excerpts.detail(record.detail);
  const { mark: kind, at } = record;
  const count = wholeOrNull(record.count);
  if (kind === "compaction") noteCompaction(scope.state);
  scope.rows.marks.push({
    sessionId: scope.sessionId,
    segment,
    offset,
    line,
    turnId: scope.turnId,
    callId,
    kind,
    detail,
    count,
    at,
  });
}

/** Counts before anything else looks at the record: the counter also tells lines copied from a parent thread. */
function foldTokens(state: FoldState, record: TraceRecord, at: At, target: FoldTarget): void {
  const { state: next, rows } = countTokens(state.counter, record);
  state.counter = next;
  for (const row of rows) {
    if (isPlausible(row.tokens)) target.rows.usage.push(usageRow(state, row, at));
    else putUnreadable(at, "token counts that cannot be", target);
  }
}

/** More than any response can cost. Counts above it, in fractions or below nothing are damage, and would poison every sum. */
const MOST_TOKENS = 1e9;

function isPlausible(tokens: TokenCounts): boolean {
  return Object.values(tokens).every((count) => Number.isInteger(count) && count >= 0 && count <= MOST_TOKENS);
}

function putUnreadable({ offset, line }: Place, reason: string, { rows, excerpts, file }: FoldTarget): void {
  rows.unreadable.push({ path: excerpts.detail(file.path), offset, line, reason: excerpts.detail(reason) });
}

/** The line was copied from a parent when the thread was forked: its events are the parent's. */
function isCopied(state: FoldState): boolean {
  return state.source === "rollout" && state.counter.replay.replaying;
}

function usageRow(state: FoldState, row: CountedTokens, at: At): TokenUsage {
  const { segment, offset, line } = at;
  const thread = row.threadId ?? state.session?.id ?? "";
  const turnId = row.turnId === null ? (state.turn?.turnId ?? null) : idOf.turn(row.turnId);
  return {
    ...row.tokens,
    sessionId: idOf.session(thread),
    segment,
    offset,
    line,
    turnId,
    // A stream's totals may be those of its rollout: under one name the stream's row would keep the rollout's out.
    responseId: idOf.response(state.source === "exec" ? `exec:${row.responseId}` : row.responseId),
    model: state.model,
    at: row.at,
    provenance: row.provenance,
  };
}

/** A tool-call log holds many sessions in one file, and so does a file that streams of several runs were appended to. */
function isAnother({ source, session }: FoldState, record: SessionRecord): boolean {
  return (source === "toolcalls" || source === "exec") && session !== null && session.id !== idOf.session(record.id);
}

/** The session before is written and forgotten. */
function closeSession(state: FoldState, at: At, target: FoldTarget): void {
  checkpoint(state, at.line - 1, target);
  state.session = null;
  state.turn = null;
  state.open = [];
  state.recent = [];
  state.processes = [];
  state.counter = newTokenCounter();
}

function revertMark(at: Instant | null): TraceRecord {
  return { kind: "mark", mark: "rollback", at, turnId: null, callId: null, detail: "revert", count: null };
}
