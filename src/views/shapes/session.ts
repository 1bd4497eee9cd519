/** Sessions as people and scripts see them: the fields of the interface, spelled as in its JSON. */
import type { CallOutcome, SessionOutcome } from "../../model/outcome.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { SignalRow } from "./signal.ts";

/** Token totals; `null` where the recording has none. `input` includes `cached_input`. */
export interface Tokens {
  readonly total: number | null;
  readonly input: number | null;
  readonly cached_input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly provenance: Provenance;
}

export interface GitFacts {
  readonly commit: string | null;
  readonly branch: string | null;
  readonly url: string | null;
}

export interface SessionRow {
  readonly id: string;
  readonly source: string;
  readonly cli_version: string | null;
  readonly model: string | null;
  readonly started_at: string | null;
  /** Time of the last line; `null` while the session runs or where lines carry no time. */
  readonly ended_at: string | null;
  readonly outcome: SessionOutcome;
  readonly turn_count: number;
  readonly tool_call_count: number;
  readonly friction_count: number;
  readonly delight_count: number;
  readonly tokens: Tokens;
  readonly parent_id: string | null;
  readonly forked_from_id: string | null;
  readonly cwd: string | null;
  readonly git: GitFacts | null;
  /** The first thing the person asked for, shortened. */
  readonly title: string | null;
  /** One of the recordings we ship. */
  readonly sample: boolean;
}

export interface TurnRow {
  readonly id: string;
  readonly outcome: SessionOutcome;
  readonly error: string | null;
  readonly kind: "task" | "compaction";
  readonly reverted: boolean;
  readonly model: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly line: number;
}

export interface ToolCallRow {
  readonly call_id: string;
  readonly parent_call_id: string | null;
  readonly turn_id: string | null;
  readonly tool: string;
  readonly family: string;
  readonly input: string;
  readonly outcome: CallOutcome;
  readonly exit_code: number | null;
  readonly duration_ms: number | null;
  readonly started_at: string | null;
  readonly excerpt: string;
  readonly line: number;
}

/** A question the agent put to a person. `unknown` where the recording does not hold the answer. */
export interface ApprovalRow {
  readonly call_id: string | null;
  readonly turn_id: string | null;
  readonly decision: "approved" | "denied" | "unknown";
  readonly line: number;
}

/** One line of a session's timeline, in thread order. */
export type TimelineRow =
  | { readonly kind: "turn"; readonly seq: number; readonly at: string | null; readonly turn: TurnRow }
  | {
      readonly kind: "message";
      readonly seq: number;
      readonly at: string | null;
      readonly role: "user" | "agent";
      readonly text: string;
      readonly turn_id: string | null;
    }
  | { readonly kind: "call"; readonly seq: number; readonly at: string | null; readonly call: ToolCallRow }
  | {
      readonly kind: "mark";
      readonly seq: number;
      readonly at: string | null;
      readonly mark: string;
      readonly detail: string;
      readonly count: number | null;
    };

export interface SessionDetail extends SessionRow {
  readonly turns: readonly TurnRow[];
  readonly tool_calls: readonly ToolCallRow[];
  readonly compactions: number;
  readonly rollbacks: number;
  readonly approvals: readonly ApprovalRow[];
  readonly signals: readonly SignalRow[];
  readonly timeline: readonly TimelineRow[];
  readonly segments: readonly { readonly name: string; readonly path: string; readonly lines: number }[];
}
