import type { Instant } from "../../model/time.ts";
import type { Mark, Message, SessionTrace, TokenUsage, ToolCall, Turn } from "../../model/trace.ts";
import type { CallItem, CallVerdict, MarkRecord, SessionRecord, TraceRecord } from "../record.ts";

/** A record and where it stands: by line of the thread, then by what must come first within one line. */
interface Placed {
  readonly seq: number;
  readonly rank: number;
  readonly record: TraceRecord;
}

const RANK = { turnStart: 0, context: 1, message: 2, call: 3, callEnd: 4, mark: 5, usage: 6, turnEnd: 7 } as const;

/** A stored thread as records in thread order: what a reader would have said had it read one clean recording. */
export function recordsOfSession(trace: SessionTrace): readonly TraceRecord[] {
  const inner = [
    ...trace.calls.flatMap((call) => callRecords(call, trace)),
    ...trace.messages.map((message) => ({
      seq: trace.seqOf(message),
      rank: RANK.message,
      record: messageRecord(message),
    })),
    ...trace.marks.map((mark) => ({ seq: trace.seqOf(mark), rank: RANK.mark, record: markRecord(mark) })),
    ...trace.usage.map((usage) => ({ seq: trace.seqOf(usage), rank: RANK.usage, record: usageRecord(usage) })),
  ];
  const lastOfTurn = lastSeqByTurn(inner);
  const turns = trace.turns.flatMap((turn) => turnRecords(turn, trace.seqOf(turn), lastOfTurn.get(turn.turnId) ?? 0));
  const placed = [...turns, ...inner].toSorted((left, right) => left.seq - right.seq || left.rank - right.rank);
  return [sessionRecord(trace), ...placed.map((entry) => entry.record)];
}

/** Turns have no line of their end, so a turn ends after the last thing that belongs to it. */
function lastSeqByTurn(entries: readonly Placed[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { record, seq } of entries) {
    const turnId = "turnId" in record ? record.turnId : null;
    if (turnId !== null) last.set(turnId, Math.max(last.get(turnId) ?? 0, seq));
  }
  return last;
}

function sessionRecord({ session }: SessionTrace): SessionRecord {
  const { gitCommit: commit, gitBranch: branch, gitUrl: url } = session;
  return {
    kind: "session",
    at: session.startedAt,
    id: session.id,
    rootId: session.rootId,
    parentId: session.parentId,
    forkedFromId: session.forkedFromId,
    revertsFromOrdinal: null,
    cliVersion: session.cliVersion,
    originator: session.originator,
    cwd: session.cwd,
    git: commit === null && branch === null && url === null ? null : { commit, branch, url },
    startedAt: session.startedAt,
    timeless: false,
  };
}

function turnRecords(turn: Turn, seq: number, lastSeq: number): readonly Placed[] {
  const { turnId, model, approvalPolicy, sandbox } = turn;
  const at = turn.startedAt;
  const start: Placed[] = [
    { seq, rank: RANK.turnStart, record: { kind: "turn_started", at, turnId, compaction: turn.kind === "compaction" } },
    { seq, rank: RANK.context, record: { kind: "context", at, turnId, model, approvalPolicy, sandbox, cwd: null } },
  ];
  const outcome = turn.outcome;
  if (outcome === "unfinished" || outcome === "running") return start;
  const end: TraceRecord = { kind: "turn_ended", at: turn.endedAt, turnId, outcome, error: turn.error };
  return [...start, { seq: Math.max(seq, lastSeq), rank: RANK.turnEnd, record: end }];
}

function callRecords(call: ToolCall, trace: SessionTrace): readonly Placed[] {
  const { callId, turnId, tool, input, family, changes, escalated } = call;
  const shared = { callId, turnId, tool, input, family, changes };
  const seq = trace.seqOf(call);
  const started: TraceRecord = { kind: "call_started", at: call.startedAt, ...shared, escalated, process: null };
  const begun: Placed = { seq, rank: RANK.call, record: started };
  if (call.outcome === "unfinished" || call.outcome === "running") return [begun];
  const ended: CallItem = {
    kind: "call_item",
    at: endOf(call),
    ...shared,
    startedAt: call.startedAt,
    verdict: verdictOf(call),
  };
  const endSeq = trace.seqOf({ ...call, line: call.endLine });
  return [begun, { seq: Math.max(seq, endSeq), rank: RANK.callEnd, record: ended }];
}

function endOf(call: ToolCall): Instant | null {
  return call.endedAt ?? call.startedAt;
}

function verdictOf(call: ToolCall): CallVerdict {
  const { outcome, exitCode, excerpt, durationMs } = call;
  return { outcome, exitCode, process: null, output: excerpt, statedMs: durationMs };
}

function messageRecord({ at, turnId, role, text }: Message): TraceRecord {
  return { kind: "message", at, turnId, role, text };
}

function usageRecord(usage: TokenUsage): TraceRecord {
  const { input, cachedInput, cacheWriteInput, output, reasoning, total } = usage;
  const tokens = { input, cachedInput, cacheWriteInput, output, reasoning, total };
  const { at, turnId, responseId, provenance } = usage;
  return { kind: "usage", at, turnId, responseId, tokens, provenance };
}

function markRecord({ at, turnId, callId, kind, detail, count }: Mark): MarkRecord {
  return { kind: "mark", mark: kind, at, turnId, callId, detail, count };
}
