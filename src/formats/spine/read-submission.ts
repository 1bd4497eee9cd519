import { isObject, numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { MarkRecord, TraceRecord } from "../record.ts";
import { readDecision, snake } from "./decision.ts";
import type { SpineLine } from "./spine-line.ts";

/** Operations that say nothing about how the work went. */
const QUIET_OPS = new Set([
  "compact",
  "override_turn_context",
  "shutdown",
  "review",
  "run_user_shell_command",
  "add_to_history",
  "get_history_entry_request",
  "list_mcp_tools",
  "list_custom_prompts",
  "list_models",
  "list_skills",
  "refresh_mcp_servers",
  "resolve_elicitation",
  "user_input_answer",
  "request_user_input_response",
  "dynamic_tool_response",
  "clean_background_terminals",
]);

/** What a person or a program asked of the agent. Operation names come in snake or Pascal case. */
export function readSubmission(line: SpineLine): readonly TraceRecord[] {
  const op = objectAt(line.payload, "op") ?? {};
  const id = stringAt(line.payload, "id") || null;
  const type = snake(stringAt(op, "type") ?? "");
  switch (type) {
    case "user_turn":
    case "user_input":
      return userText(line, id, op);
    case "exec_approval":
    case "patch_approval":
      return [answer(line, id, op)];
    case "interrupt":
      return [{ kind: "turn_ended", at: line.at, turnId: null, outcome: "interrupted", error: null }];
    case "undo":
      return [mark(line, "undo", null)];
    case "thread_rollback":
      return [mark(line, "rollback", numberAt(op, "num_turns") ?? 1)];
    default:
      return [{ kind: QUIET_OPS.has(type) ? "ignored" : "unknown", type: `submission ${type}` }];
  }
}

function userText(line: SpineLine, turnId: string | null, op: Record<string, unknown>): readonly TraceRecord[] {
  const items = Array.isArray(op["items"]) ? op["items"] : [];
  const texts = items.filter((item) => isObject(item) && item["type"] === "text").map((item) => stringAt(item, "text"));
  const text = texts.filter((part) => part !== null).join("\n");
  return text === "" ? [] : [{ kind: "message", at: line.at, turnId, role: "user", text }];
}

/** The terminal answers with the turn's id, generators with the call's id, hand-written files with both. */
function answer(line: SpineLine, submissionId: string | null, op: Record<string, unknown>): TraceRecord {
  const detail = readDecision(op["decision"]);
  if (detail === null) return { kind: "unknown", type: "submission decision" };
  const named = stringAt(op, "id");
  const callId = stringAt(op, "call_id") ?? named;
  return { ...mark(line, "approval_answered", null), turnId: named ?? submissionId, callId, detail };
}

/** Submissions of these kinds have an id of their own, which is no turn's. */
function mark(line: SpineLine, name: MarkRecord["mark"], count: number | null): MarkRecord {
  return { kind: "mark", mark: name, at: line.at, turnId: null, callId: null, detail: "", count };
}
