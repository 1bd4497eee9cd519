import { isObject, numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { TokenCounts } from "../../model/tokens.ts";
import type { MarkRecord, TraceRecord } from "../record.ts";
import { isCallEvent, readCallEvent, readCutCallEvent } from "./read-call-event.ts";
import { eventOf, type SpineEvent } from "./spine-event.ts";
import { type CutSpineLine, memberText, type SpineLine } from "./spine-line.ts";

/**
 * Events that tell nothing a row is made of. `undo_completed`, `thread_rolled_back` and `context_compacted` are here
 * because the submission or boundary that asked for them is the mark: counting both would count one thing twice.
 */
const QUIET_EVENTS = new Set([
  "undo_started",
  "undo_completed",
  "thread_rolled_back",
  "context_compacted",
  "turn_diff",
  "session_configured",
  "user_message",
  "agent_message_delta",
  "agent_message_content_delta",
  "agent_reasoning",
  "agent_reasoning_delta",
  "agent_reasoning_raw_content",
  "agent_reasoning_raw_content_delta",
  "agent_reasoning_section_break",
  "reasoning_content_delta",
  "reasoning_raw_content_delta",
  "raw_response_item",
  "item_started",
  "item_completed",
  "exec_command_output_delta",
  "terminal_interaction",
  "background_event",
  "deprecation_notice",
  "plan_delta",
  "mcp_startup_update",
  "mcp_startup_complete",
  "shutdown_complete",
  "get_history_entry_response",
  "mcp_list_tools_response",
  "list_custom_prompts_response",
  "list_skills_response",
  "skills_update_available",
  "entered_review_mode",
  "exited_review_mode",
  "request_user_input",
  "elicitation_request",
  "model_reroute",
  "collab_agent_spawn_begin",
  "collab_agent_spawn_end",
  "collab_agent_interaction_begin",
  "collab_agent_interaction_end",
  "collab_waiting_begin",
  "collab_waiting_end",
  "collab_close_begin",
  "collab_close_end",
  "thread_name_updated",
]);

/** What the agent and its tools did. */
export function readEvent(line: SpineLine): readonly TraceRecord[] {
  const event = eventOf(line);
  if (isCallEvent(event.type)) return readCallEvent(event);
  switch (event.type) {
    case "task_started":
      return [
        { kind: "turn_started", at: event.at, turnId: event.turnId, compaction: event.fields["compaction"] === true },
      ];
    case "task_complete":
      return [turnComplete(event)];
    case "turn_aborted":
      return [{ kind: "turn_ended", at: event.at, turnId: event.turnId, outcome: "interrupted", error: null }];
    case "agent_message":
      return agentMessage(event);
    case "token_count":
      return tokenCount(event);
    case "error":
    case "stream_error":
    case "warning":
      return [mark(event, event.type, { detail: messageOf(event.fields), count: null })];
    case "plan_update":
      return [planUpdate(event)];
    default:
      return [{ kind: QUIET_EVENTS.has(event.type) ? "ignored" : "unknown", type: `event ${event.type}` }];
  }
}

/** An event too long to arrive whole: a finished command still says its exit code, an agent's message is lost. */
export function readCutEvent(line: CutSpineLine): readonly TraceRecord[] {
  const message = line.head.slice(Math.max(0, line.head.indexOf('"msg"')));
  const type = memberText(message, "type") ?? "";
  if (isCallEvent(type)) return readCutCallEvent({ ...line, head: message }, type);
  if (QUIET_EVENTS.has(type)) return [{ kind: "ignored", type: `event ${type}` }];
  return [{ kind: "unreadable", reason: `event ${type} line too long` }];
}

function turnComplete(event: SpineEvent): TraceRecord {
  const error = objectAt(event.fields, "error");
  if (error === null)
    return { kind: "turn_ended", at: event.at, turnId: event.turnId, outcome: "completed", error: null };
  const word = errorWord(error["codex_error_info"]) ?? messageOf(error);
  return { kind: "turn_ended", at: event.at, turnId: event.turnId, outcome: "failed", error: word };
}

/** A word, or an object keyed by the word (`{"http_connection_failed": {…}}`). */
function errorWord(info: unknown): string | null {
  if (typeof info === "string") return info;
  return isObject(info) ? (Object.keys(info)[0] ?? null) : null;
}

function agentMessage(event: SpineEvent): readonly TraceRecord[] {
  const text = stringAt(event.fields, "message") ?? stringAt(event.fields, "text") ?? "";
  return text === "" ? [] : [{ kind: "message", at: event.at, turnId: event.turnId, role: "agent", text }];
}

/** Running totals; our own writer adds the response they belong to, which makes them a usage record. */
function tokenCount(event: SpineEvent): readonly TraceRecord[] {
  const info = objectAt(event.fields, "info");
  if (info === null) return [{ kind: "ignored", type: "event token_count" }];
  const total = countsOf(objectAt(info, "total_token_usage"));
  const last = countsOf(objectAt(info, "last_token_usage"));
  const responseId = stringAt(event.fields, "response_id");
  if (responseId === null) return [{ kind: "token_count", at: event.at, total, last }];
  const provenance = event.fields["provenance"] === "estimated" ? "estimated" : "measured";
  return [{ kind: "usage", at: event.at, turnId: event.turnId, responseId, tokens: last, provenance }];
}

function countsOf(usage: Record<string, unknown> | null): TokenCounts {
  const count = (key: string): number => numberAt(usage, key) ?? 0;
  const input = count("input_tokens");
  const output = count("output_tokens");
  return {
    input,
    cachedInput: count("cached_input_tokens"),
    cacheWriteInput: count("cache_write_input_tokens"),
    output,
    reasoning: count("reasoning_output_tokens"),
    total: numberAt(usage, "total_tokens") ?? input + output,
  };
}

function planUpdate(event: SpineEvent): MarkRecord {
  const plan = Array.isArray(event.fields["plan"]) ? event.fields["plan"] : [];
  const steps = numberAt(event.fields, "steps") ?? plan.length;
  const detail = stringAt(event.fields, "explanation") ?? "";
  return mark(event, "plan_update", { detail, count: steps });
}

function mark(event: SpineEvent, name: MarkRecord["mark"], says: { detail: string; count: number | null }): MarkRecord {
  return { kind: "mark", mark: name, at: event.at, turnId: event.turnId, callId: null, ...says };
}

function messageOf(fields: Record<string, unknown>): string {
  return stringAt(fields, "message") ?? "";
}
