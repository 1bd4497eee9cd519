/**
 * What a recording says, one row type per table of the trace group. Rows key on (session, segment, offset), so reading
 * a line twice writes the same row. Text columns are `Redacted`; counts are per row unless the name says total.
 */
import type { CallId, ResponseId, SegmentName, SessionId, TurnId } from "./ids.ts";
import type { CallOutcome, SessionOutcome } from "./outcome.ts";
import type { Provenance } from "./provenance.ts";
import type { Redacted } from "./redacted.ts";
import type { Instant } from "./time.ts";
import type { TokenCounts } from "./tokens.ts";

/** Which kind of file a row came from. */
export const TRACE_SOURCES = ["rollout", "exec", "spine", "toolcalls"] as const;
export type TraceSource = (typeof TRACE_SOURCES)[number];

/** The line a row was read from. */
export interface Place {
  readonly segment: SegmentName;
  /** Byte offset in the decompressed file. */
  readonly offset: number;
  /** 1-based line of the segment. */
  readonly line: number;
}

/** One thread of the agent. A sub-agent's or a fork's is its own session. */
export interface Session {
  readonly id: SessionId;
  readonly source: TraceSource;
  /** The root thread of a tree of sub-agents; its own id for a root. */
  readonly rootId: SessionId;
  readonly parentId: SessionId | null;
  readonly forkedFromId: SessionId | null;
  readonly cliVersion: Redacted | null;
  readonly originator: Redacted | null;
  readonly model: Redacted | null;
  readonly cwd: Redacted | null;
  readonly gitCommit: Redacted | null;
  readonly gitBranch: Redacted | null;
  readonly gitUrl: Redacted | null;
  readonly startedAt: Instant | null;
  /** Time of the last line read. */
  readonly lastAt: Instant | null;
  /** True for the recordings we ship. */
  readonly sample: boolean;
  readonly provenance: Provenance;
}

export interface Turn extends Place {
  readonly sessionId: SessionId;
  readonly turnId: TurnId;
  /** Ordinal of the turn's first line; `null` before 0.149, which wrote none. */
  readonly ordinal: number | null;
  /** A later segment of the thread starts at or before this turn: a revert took it back. Decided when a trace is loaded. */
  readonly reverted: boolean;
  /** `compaction` is a turn the person asked for only to compact the context. */
  readonly kind: "task" | "compaction";
  readonly outcome: SessionOutcome;
  /** Codex's own error word, e.g. `usage_limit_exceeded`; `null` when the turn did not fail. */
  readonly error: Redacted | null;
  readonly model: Redacted | null;
  readonly approvalPolicy: Redacted | null;
  /** Codex's sandbox mode word, e.g. `workspace-write`; `null` when the recording does not say. */
  readonly sandbox: Redacted | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Milliseconds from the turn's first line to its end. */
  readonly durationMs: number | null;
}

/** One file touched by a patch. Hashes, not text: enough to see the same change come and go. */
export interface FileChange {
  readonly path: Redacted;
  readonly kind: "add" | "delete" | "update" | "move";
  /** Hash of the lines taken out, sorted as they stand; `null` when there are none or the format does not say. */
  readonly removed: string | null;
  /** Hash of the lines put in. */
  readonly added: string | null;
}

/** One call of a tool by the agent. Calls nested in a code cell are rows of their own with `parentCallId`. */
export interface ToolCall extends Place {
  readonly sessionId: SessionId;
  readonly callId: CallId;
  readonly parentCallId: CallId | null;
  readonly turnId: TurnId | null;
  readonly tool: Redacted;
  /** Program and first sub-command for shell tools (`npm test`), else the tool's own name. */
  readonly family: Redacted;
  /** Command line or arguments, shortened. */
  readonly input: Redacted;
  readonly outcome: CallOutcome;
  readonly exitCode: number | null;
  /** Start and the end of the output that matter for a reader, shortened; empty when it went well. */
  readonly excerpt: Redacted;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly durationMs: number | null;
  readonly sandboxed: boolean;
  /** The call asked to run outside the sandbox, so a person or a rule had to answer. */
  readonly escalated: boolean;
  readonly changes: readonly FileChange[];
  /** Line of the output (or item) that decided the outcome; equals `line` while it is unfinished. */
  readonly endLine: number;
}

export interface Message extends Place {
  readonly sessionId: SessionId;
  readonly turnId: TurnId | null;
  readonly role: "user" | "agent";
  readonly text: Redacted;
  readonly at: Instant | null;
}

/** Tokens of one model response. */
export interface TokenUsage extends Place, TokenCounts {
  readonly sessionId: SessionId;
  readonly turnId: TurnId | null;
  /** The provider's id; a synthetic one (`session:segment:offset`) where the version records none. */
  readonly responseId: ResponseId;
  readonly model: Redacted | null;
  readonly at: Instant | null;
  /** `measured` from a usage record, `estimated` from running totals. */
  readonly provenance: Provenance;
}

/** Things that happen to a thread and are neither turn, call, message nor usage. */
export const MARK_KINDS = [
  "compaction",
  "rollback",
  "undo",
  "error",
  "stream_error",
  "warning",
  "plan_update",
  "approval_asked",
  "approval_answered",
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export interface Mark extends Place {
  readonly sessionId: SessionId;
  readonly turnId: TurnId | null;
  readonly callId: CallId | null;
  readonly kind: MarkKind;
  /** A short closed or redacted word: the decision, the error's message, the plan's hash. */
  readonly detail: Redacted;
  /** Turns taken back by a rollback, steps of a plan; `null` where there is nothing to count. */
  readonly count: number | null;
  readonly at: Instant | null;
}

/** A line that could not be read, kept so that nothing is lost silently. */
export interface UnreadableLine {
  readonly path: Redacted;
  readonly offset: number;
  readonly line: number;
  readonly reason: Redacted;
}

/** One segment file of a session, in thread order. `seq` of a line is `line` plus the lines of earlier segments. */
export interface Segment {
  readonly sessionId: SessionId;
  readonly name: SegmentName;
  readonly path: string;
  readonly lines: number;
  readonly source: TraceSource;
  /** Ordinal of the first line; 0 where the version writes none. Segments of a thread are ordered by it, then by name. */
  readonly firstOrdinal: number;
}

/** Everything signals look at: one session with its rows, each list in thread order. */
export interface SessionTrace {
  readonly session: Session;
  readonly outcome: SessionOutcome;
  readonly segments: readonly Segment[];
  readonly turns: readonly Turn[];
  readonly calls: readonly ToolCall[];
  readonly messages: readonly Message[];
  readonly usage: readonly TokenUsage[];
  readonly marks: readonly Mark[];
  /** Line number of a place over all segments of the thread. */
  seqOf(place: Place): number;
}
