/**
 * What must be known of the lines before to understand the next one. Plain data: it is saved with the cursor of the
 * file, so that a file that grew goes on in the middle of a turn, a call or a running process.
 *
 * A call lives like this: started (in `open`) → ended (a row; kept in `recent` for items that come late) — or it ends
 * saying that its process goes on (stays in `open`, listed in `processes`) → a later `write_stdin` output or item brings
 * the exit code. A call that is still in `open` when reading stops is written as `unfinished` or `running`.
 */
import type { TokenCounterState } from "../../../formats/rollout/token-counter.ts";
import type { SpineMemory } from "../../../formats/spine/follow-spine.ts";
import type { SegmentName } from "../../../model/ids.ts";
import type { Redacted } from "../../../model/redacted.ts";
import type { Place, Session, ToolCall, TraceSource, Turn } from "../../../model/trace.ts";
import type { Instant } from "../../../model/time.ts";

/** The turn that is open, with what decides how it ended where the format never says so. */
export interface OpenTurn extends Turn {
  /** Made by us from a user message, because the version writes no turn lines. */
  readonly synthetic: boolean;
  /** It began as a person's wish to compact would; a compaction in it proves it, a user message disproves it. */
  readonly mayBeCompaction: boolean;
  /** The agent's message was the last thing that happened in it. */
  readonly answered: boolean;
}

export interface OpenCall extends ToolCall {
  /** The running process this call speaks to, for `write_stdin`. */
  readonly process: string | null;
  /** A cell of code: calls that end while it is open are nested in it. */
  readonly isCell: boolean;
}

export interface FoldState {
  readonly segment: SegmentName;
  readonly source: TraceSource;
  session: Session | null;
  /** Ordinal of the segment's first line; 0 where the version writes none. */
  firstOrdinal: number | null;
  model: Redacted | null;
  approvalPolicy: Redacted | null;
  sandbox: Redacted | null;
  turn: OpenTurn | null;
  turnsSeen: number;
  /** The version writes turn lines, so user messages do not start turns. */
  hasTurnLines: boolean;
  open: OpenCall[];
  recent: ToolCall[];
  processes: { process: string; callId: string }[];
  counter: TokenCounterState;
  /** What a spine's lines leave to the next ones: unanswered questions, the open turn. */
  spine: SpineMemory;
  lastAt: Instant | null;
}

/** How many ended calls are kept for items that come late. */
export const RECENT_CALLS: number = 8;

/** How many calls may be open at once: more than any agent runs, so that calls without an end do not pile up. */
export const OPEN_CALLS: number = 256;

export function isSandboxed(mode: string | null): boolean {
  return mode === "read-only" || mode === "workspace-write";
}

/** A line's place in its segment. */
export type At = Place & { readonly ordinal: number | null };
