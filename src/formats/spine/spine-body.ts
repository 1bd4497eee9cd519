/**
 * From records to spine lines without their numbers: the writer's half of the reader. Keys the predecessor does not
 * know (`outcome`, `tool`, `removed`, `response_id` …) stand beside its own; its readers pass over them.
 */
import type { Instant } from "../../model/time.ts";
import { addTokens, NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import type { MarkRecord, SessionRecord, TraceRecord } from "../record.ts";
import { callBegun, callEnded, callQuestion } from "./call-body.ts";
import { type EndedCall, OpenCalls } from "./open-calls.ts";
import type { SpineType } from "./spine-words.ts";

/** A spine line before it has a thread, a number and a time of its own. */
export interface SpineBody {
  readonly at: Instant | null;
  readonly type: SpineType;
  readonly payload: { readonly [key: string]: unknown };
}

/** Turns a thread's records into bodies, in order. Remembers the calls that are open and the tokens so far. */
export class SpineBodies {
  readonly #calls = new OpenCalls();
  #total: TokenCounts = NO_TOKENS;

  /** `null` for records that are no part of a trace (ignored, unknown and unreadable lines) or say a thing again. */
  of(record: TraceRecord): SpineBody | null {
    switch (record.kind) {
      case "session":
        return { at: record.at, type: "session_meta", payload: sessionPayload(record) };
      case "context":
        return { at: record.at, type: "turn_context", payload: contextPayload(record) };
      case "turn_started":
        return event(record, {
          type: "task_started",
          turn_id: record.turnId,
          ...(record.compaction && { compaction: true }),
        });
      case "turn_ended":
        return event(record, turnEnd(record));
      case "message":
        return message(record);
      case "call_started":
        this.#calls.begin(record);
        return event(record, callBegun(record));
      case "call_ended":
      case "call_item":
        return this.#callEnd(record);
      case "usage":
        this.#total = addTokens(this.#total, record.tokens);
        return event(record, {
          ...tokenCount(this.#total, record.tokens),
          response_id: record.responseId,
          provenance: record.provenance ?? "measured",
        });
      case "token_count":
        return event({ at: record.at, turnId: null }, tokenCount(record.total, record.last));
      case "mark":
        return this.#mark(record);
      default:
        return null;
    }
  }

  /** What is left to say when the thread ends. */
  rest(): readonly SpineBody[] {
    return [...this.#calls.rest()].map(endBody);
  }

  #callEnd(record: Extract<TraceRecord, { kind: "call_ended" | "call_item" }>): SpineBody | null {
    const ended = this.#calls.end(record);
    return ended === null ? null : endBody(ended);
  }

  #mark(record: MarkRecord): SpineBody {
    const asked = this.#calls.shapeOf(record.callId);
    if (record.mark === "approval_asked") return event(record, callQuestion(record, asked));
    return markBody(record, asked?.tool === "apply_patch" ? "patch_approval" : "exec_approval");
  }
}

function endBody(call: EndedCall): SpineBody {
  return event({ at: call.at, turnId: call.shape?.turnId ?? null }, callEnded(call));
}

function event(
  about: { readonly at: Instant | null; readonly turnId: string | null },
  msg: Record<string, unknown>,
): SpineBody {
  return { at: about.at, type: "event", payload: { id: about.turnId ?? "", msg } };
}

function submission(
  about: { readonly at: Instant | null; readonly id: string },
  op: Record<string, unknown>,
): SpineBody {
  return { at: about.at, type: "submission", payload: { id: about.id, op } };
}

function sessionPayload(record: SessionRecord): Record<string, unknown> {
  const parent = record.parentId;
  return {
    id: record.id,
    forked_from_id: record.forkedFromId,
    root_thread_id: record.rootId,
    timestamp: record.startedAt ?? record.at,
    cwd: record.cwd,
    originator: record.originator,
    cli_version: record.cliVersion,
    source: parent === null ? "unknown" : { subagent: { thread_spawn: { parent_thread_id: parent, depth: 1 } } },
    git: record.git && { repository_url: record.git.url, commit_hash: record.git.commit, branch: record.git.branch },
  };
}

function contextPayload(record: Extract<TraceRecord, { kind: "context" }>): Record<string, unknown> {
  const sandbox = record.sandbox === null ? null : { type: record.sandbox };
  const { cwd, model, approvalPolicy } = record;
  return { turn_id: record.turnId, context: { cwd, approval_policy: approvalPolicy, sandbox_policy: sandbox, model } };
}

function turnEnd(record: Extract<TraceRecord, { kind: "turn_ended" }>): Record<string, unknown> {
  if (record.outcome === "interrupted") return { type: "turn_aborted", turn_id: record.turnId, reason: "interrupted" };
  const error = record.outcome === "failed" ? { message: record.error ?? "", codex_error_info: record.error } : null;
  return { type: "task_complete", turn_id: record.turnId, last_agent_message: null, ...(error && { error }) };
}

function message(record: Extract<TraceRecord, { kind: "message" }>): SpineBody {
  if (record.role === "agent") return event(record, { type: "agent_message", message: record.text });
  const op = { type: "user_turn", items: [{ type: "text", text: record.text }] };
  return submission({ at: record.at, id: record.turnId ?? "" }, op);
}

function tokenCount(total: TokenCounts, last: TokenCounts): Record<string, unknown> {
  return {
    type: "token_count",
    info: { total_token_usage: usageOf(total), last_token_usage: usageOf(last) },
    rate_limits: null,
  };
}

function usageOf(tokens: TokenCounts): Record<string, number> {
  return {
    input_tokens: tokens.input,
    cached_input_tokens: tokens.cachedInput,
    cache_write_input_tokens: tokens.cacheWriteInput,
    output_tokens: tokens.output,
    reasoning_output_tokens: tokens.reasoning,
    total_tokens: tokens.total,
  };
}

/** Every mark but a question. Histories around a compaction are not kept in the store: both are written empty and said so. */
function markBody(record: MarkRecord, answerOp: string): SpineBody {
  const about = { at: record.at, id: record.turnId ?? "" };
  switch (record.mark) {
    case "compaction":
      return { at: record.at, type: "compaction_boundary", payload: compactionPayload(record) };
    case "rollback":
      return submission(about, { type: "thread_rollback", num_turns: record.count ?? 1 });
    case "undo":
      return submission(about, { type: "undo" });
    case "approval_asked":
    case "approval_answered":
      return submission(about, {
        type: answerOp,
        id: record.turnId ?? record.callId,
        call_id: record.callId,
        decision: record.detail,
      });
    case "plan_update":
      return event(record, { type: "plan_update", explanation: record.detail, plan: [], steps: record.count });
    case "error":
    case "stream_error":
    case "warning":
      return event(record, { type: record.mark, message: record.detail });
  }
}

function compactionPayload(record: MarkRecord): Record<string, unknown> {
  const kind = record.detail === "remote" ? "remote" : "local";
  return {
    turn_id: record.turnId,
    kind,
    pre_compaction_history: [],
    post_compaction_history: [],
    histories_omitted: true,
  };
}
