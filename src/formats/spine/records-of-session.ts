import type { Instant } from "../../model/time.ts";
import type { Mark, Message, SessionTrace, TokenUsage, ToolCall, Turn } from "../../model/trace.ts";
import type { CallVerdict, MarkRecord, SessionRecord, TraceRecord } from "../record.ts";

/** A record and where it stands: by line of the thread, then by what must come first within one line. */
interface Placed {
  readonly seq: number;
  readonly rank: number;
  readonly turnId: string | null;
  readonly record: TraceRecord;
}

const RANK = { turnStart: 0, context: 1, message: 2, call: 3, callEnd: 4, mark: 5, usage: 6, turnEnd: 7 } as const;

/** A stored thread as records in thread order: what a reader would have said had it read one clean recording. */
export function recordsOfSession(trace: SessionTrace): readonly TraceRecord[] {
  const placed = (rank: number, row: Message | Mark | TokenUsage, record: TraceRecord): Placed => {
    return { seq: trace.seqOf(row), rank, turnId: row.turnId, record };
  };
  const inner = [
    ...trace.calls.flatMap((call) => callRecords(call, trace)),
    ...trace.messages.map((message) => placed(RANK.message, message, messageRecord(message))),
    ...trace.marks.map((mark) => placed(RANK.mark, mark, markRecord(mark))),
    ...trace.usage.map((usage) => placed(RANK.usage, usage, usageRecord(usage))),
  ];
  const lastOfTurn = lastSeqByTurn(inner);
  const turns = trace.turns.flatMap((turn) => turnRecords(turn, trace.seqOf(turn), lastOfTurn.get(turn.turnId) ?? 0));
  const all = [...turns, ...inner].toSorted((left, right) => left.seq - right.seq || left.rank - right.rank);
  return [sessionRecord(trace), ...all.map((entry) => entry.record)];
}

/** Turns have no line of their end, so a turn ends after the last thing that belongs to it. */
function lastSeqByTurn(entries: readonly Placed[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { turnId, seq } of entries) {
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
    {
      seq,
      rank: RANK.turnStart,
      turnId,
      record: { kind: "turn_started", at, turnId, compaction: turn.kind === "compaction" },
    },
    {
      seq,
      rank: RANK.context,
      turnId,
      record: { kind: "context", at, turnId, model, approvalPolicy, sandbox, cwd: null },
    },
  ];
  const outcome = turn.outcome;
  if (outcome === "unfinished" || outcome === "running") return start;
  const end: TraceRecord = { kind: "turn_ended", at: turn.endedAt, turnId, outcome, error: turn.error };
  return [...start, { seq: Math.max(seq, lastSeq), rank: RANK.turnEnd, turnId, record: end }];
}

function callRecords(call: ToolCall, trace: SessionTrace): readonly Placed[] {
  const { callId, turnId, tool, input, family, changes, escalated } = call;
  const seq = trace.seqOf(call);
  const facts = { callId, turnId, tool, input, family, escalated, process: null, changes };
  const begun: Placed = {
    seq,
    rank: RANK.call,
    turnId,
    record: { kind: "call_started", at: call.startedAt, ...facts },
  };
  if (call.outcome === "unfinished" || call.outcome === "running") return [begun];
  const ended: TraceRecord = { kind: "call_ended", at: endOf(call), callId, verdict: verdictOf(call) };
  const endSeq = trace.seqOf({ ...call, line: call.endLine });
  return [begun, { seq: Math.max(seq, endSeq), rank: RANK.callEnd, turnId, record: ended }];
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
