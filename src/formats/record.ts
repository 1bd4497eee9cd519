/**
 * The one vocabulary every reader speaks. A reader turns a line of its format into zero or more records; the ingest
 * fold turns records into rows. Text here is raw: it is redacted in the fold, before anything is stored or printed.
 */
import type { CallOutcome } from "../model/outcome.ts";
import type { Provenance } from "../model/provenance.ts";
import type { FileChange, TraceSource } from "../model/trace.ts";
import type { Instant } from "../model/time.ts";
import type { TokenCounts } from "../model/tokens.ts";

/**
 * A line as the recordings port hands it over. Lines longer than the limit arrive cut: `head` holds their first and
 * `tail` their last bytes, so that one line of any length costs bounded memory.
 */
export interface RawLine {
  readonly head: Uint8Array;
  /** `null` when `head` is the whole line. */
  readonly tail: Uint8Array | null;
  /** Bytes of the whole line without its line break. */
  readonly length: number;
}

/**
 * What the output of a call says about how it went. Three things are left to the fold, because one line cannot know
 * them: `failed` becomes `sandbox_denied` when the turn was sandboxed and `isSandboxText(output)`; `ok` without an
 * exit code only means that the text names no failure, so an item that failed overrules it (tool servers); the exit code
 * in the output of a call that polls a process (`CallStarted.process`) belongs to the call that started the process.
 */
export interface CallVerdict {
  readonly outcome: CallOutcome;
  readonly exitCode: number | null;
  /** Codex's number of the process that goes on running; its exit code comes with a later call. */
  readonly process: string | null;
  /** Text worth showing a person, raw and possibly long; empty when there is none. */
  readonly output: string;
  /** Duration the output itself states, in milliseconds; used only where lines carry no times. */
  readonly statedMs: number | null;
}

export type TraceRecord =
  | SessionRecord
  | {
      readonly kind: "context";
      readonly at: Instant | null;
      readonly turnId: string | null;
      readonly model: string | null;
      readonly approvalPolicy: string | null;
      readonly sandbox: string | null;
      readonly cwd: string | null;
    }
  | {
      readonly kind: "turn_started";
      readonly at: Instant | null;
      readonly turnId: string | null;
      /** The line looks like a compaction a person asked for; it is one when the turn also holds a compaction mark and no user message. */
      readonly compaction: boolean;
    }
  | {
      readonly kind: "turn_ended";
      readonly at: Instant | null;
      readonly turnId: string | null;
      readonly outcome: "completed" | "failed" | "interrupted";
      readonly error: string | null;
    }
  | {
      readonly kind: "message";
      readonly at: Instant | null;
      readonly turnId: string | null;
      readonly role: "user" | "agent";
      readonly text: string;
    }
  | CallStarted
  | { readonly kind: "call_ended"; readonly at: Instant | null; readonly callId: string; readonly verdict: CallVerdict }
  | CallItem
  | {
      readonly kind: "usage";
      readonly at: Instant | null;
      readonly turnId: string | null;
      readonly responseId: string;
      readonly tokens: TokenCounts;
      /** Absent means measured. */
      readonly provenance?: Provenance;
      /** The thread that asked, where the line says so; a line copied by a fork names its parent. */
      readonly threadId?: string | null;
    }
  /** Running totals of the thread, never to be added up: the token counter decides. `last` is all zero where the format does not say. */
  | {
      readonly kind: "token_count";
      readonly at: Instant | null;
      readonly total: TokenCounts;
      readonly last: TokenCounts;
    }
  | MarkRecord
  /** A line type this reader knows and has no use for. */
  | { readonly kind: "ignored"; readonly type: string }
  /** A line type this reader has never met: counted, never fatal. */
  | { readonly kind: "unknown"; readonly type: string }
  /** Not JSON, or not an object: kept with its reason. */
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Who a file belongs to. In a rollout only the first counts: old forks copy the session lines of their ancestors below
 * it. Formats that name the thread on every line (spine, toolcalls) repeat it: repeated records of one id merge, and a
 * `null` says nothing, so it never takes away what an earlier line said.
 */
export interface SessionRecord {
  readonly kind: "session";
  readonly at: Instant | null;
  readonly id: string;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly forkedFromId: string | null;
  /** Set on the file a revert starts: ordinals of the same thread's earlier files from here on no longer count. */
  readonly revertsFromOrdinal: number | null;
  readonly cliVersion: string | null;
  readonly originator: string | null;
  readonly cwd: string | null;
  readonly git: { readonly commit: string | null; readonly branch: string | null; readonly url: string | null } | null;
  readonly startedAt: Instant | null;
  /** True where lines carry no time of their own (Codex 0.27). */
  readonly timeless: boolean;
}

/** A change as a line tells it: the path has not been redacted. */
export interface RawChange extends Omit<FileChange, "path"> {
  readonly path: string;
}

export interface CallStarted {
  readonly kind: "call_started";
  readonly at: Instant | null;
  readonly callId: string;
  readonly turnId: string | null;
  /** Tool as people know it: `exec_command`, `apply_patch`, `mcp stub.echo`. */
  readonly tool: string;
  /** Command line for shell tools, patch text for patches, else the arguments. Raw. */
  readonly input: string;
  /** Program and first sub-command for shell tools, else the tool. */
  readonly family: string;
  readonly escalated: boolean;
  /** `write_stdin` and its like: the process this call speaks to. */
  readonly process: string | null;
  readonly changes: readonly RawChange[];
}

/**
 * A finished item (0.149 and later), an `exec --json` item, or a spine's end event. Adds what output lines do not say
 * (nested calls, changed files); never the only source of an outcome where an output line exists.
 */
export interface CallItem {
  readonly kind: "call_item";
  readonly at: Instant | null;
  readonly callId: string;
  readonly turnId: string | null;
  readonly tool: string;
  readonly input: string;
  readonly family: string;
  readonly startedAt: Instant | null;
  readonly verdict: CallVerdict;
  readonly changes: readonly RawChange[];
}

/**
 * A mark. `approval_asked` has the detail `exec` or `patch`; `approval_answered` has `approved` or `denied`, and where
 * the format names one id that may be a call's or a turn's, `callId` and `turnId` both hold it until `followSpine` knows.
 */
export interface MarkRecord {
  readonly kind: "mark";
  readonly mark:
    | "compaction"
    | "rollback"
    | "undo"
    | "error"
    | "stream_error"
    | "warning"
    | "plan_update"
    | "approval_asked"
    | "approval_answered";
  readonly at: Instant | null;
  readonly turnId: string | null;
  readonly callId: string | null;
  readonly detail: string;
  readonly count: number | null;
}

/** A record with the ordinal of its line, where the format has one. */
export interface ReadLine {
  readonly records: readonly TraceRecord[];
  readonly ordinal: number | null;
  /** The line's own time, also where its records carry none; absent where the reader did not look. */
  readonly at?: Instant | null;
}

/** Turns lines of one file into records. Readers keep no state between lines; the fold does. */
export interface LineReader {
  readonly source: TraceSource;
  /**
   * `awaitsOutput` says of a call id that the call is known and will be judged by its output line: what an item says of
   * it may then be passed over unparsed. Items make up a third of a recording.
   */
  read(line: RawLine, awaitsOutput?: (callId: string) => boolean): ReadLine;
}
