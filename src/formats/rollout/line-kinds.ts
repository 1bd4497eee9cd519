import { readBareMessage } from "./bare-lines.ts";
import {
  approvalReader,
  markReader,
  readAgentEvent,
  readCommandEnd,
  readMcpEnd,
  readPatchEnd,
  readPlanEvent,
  readRollback,
  readUserEvent,
  readWebSearchEnd,
} from "./event-lines.ts";
import {
  itemReader,
  otherToolItem,
  readAgentMessage,
  readCollabItem,
  readCommandItem,
  readFileChangeItem,
  readMcpItem,
  readUserMessage,
} from "./item-lines.ts";
import type { ReadPayload } from "./payload.ts";
import {
  readCallOutput,
  readCustomCall,
  readFunctionCall,
  readLocalShellCall,
  readToolSearchCall,
  readWebSearchCall,
} from "./response-lines.ts";
import { readBareSession, readSessionMeta } from "./session-lines.ts";
import { readTokenCount, readUsageRecord } from "./token-lines.ts";
import { readTurnAborted, readTurnComplete, readTurnContext, readTurnStarted } from "./turn-lines.ts";

/** Events: `event_msg` payloads of rollouts and `msg` of the oldest exec streams. */
export const EVENTS: ReadonlyMap<string, ReadPayload> = new Map([
  ["task_started", readTurnStarted],
  ["turn_started", readTurnStarted],
  ["task_complete", readTurnComplete],
  ["turn_complete", readTurnComplete],
  ["turn_aborted", readTurnAborted],
  ["user_message", readUserEvent],
  ["agent_message", readAgentEvent],
  ["token_count", readTokenCount],
  ["exec_command_end", readCommandEnd],
  ["patch_apply_end", readPatchEnd],
  ["mcp_tool_call_end", readMcpEnd],
  ["web_search_end", readWebSearchEnd],
  ["plan_update", readPlanEvent],
  ["thread_rolled_back", readRollback],
  ["undo_completed", markReader("undo")],
  ["error", markReader("error")],
  ["stream_error", markReader("stream_error")],
  ["warning", markReader("warning")],
  ["exec_approval_request", approvalReader("exec")],
  ["apply_patch_approval_request", approvalReader("patch")],
]);

/** Items that carry calls, both as response items and, up to 0.27, as whole lines. */
const CALLS: readonly (readonly [string, ReadPayload])[] = [
  ["function_call", readFunctionCall],
  ["custom_tool_call", readCustomCall],
  ["local_shell_call", readLocalShellCall],
  ["tool_search_call", readToolSearchCall],
  ["web_search_call", readWebSearchCall],
  ["function_call_output", readCallOutput],
  ["custom_tool_call_output", readCallOutput],
  ["tool_search_output", readCallOutput],
];

const ITEMS: readonly (readonly [string, ReadPayload])[] = [
  ["UserMessage", itemReader(readUserMessage)],
  ["AgentMessage", itemReader(readAgentMessage)],
  ["CommandExecution", itemReader(readCommandItem)],
  ["FileChange", itemReader(readFileChangeItem)],
  ["McpToolCall", itemReader(readMcpItem)],
  ["CollabAgentToolCall", itemReader(readCollabItem)],
  ["DynamicToolCall", itemReader(otherToolItem("dynamic_tool"))],
  ["WebSearch", itemReader(otherToolItem("web_search"))],
  ["ImageView", itemReader(otherToolItem("view_image"))],
];

/** Every line that is read, by its name; its reader gets the payload, or the whole line where there is no envelope. */
export const WANTED: ReadonlyMap<string, ReadPayload> = new Map([
  ["session_meta", readSessionMeta],
  ["turn_context", readTurnContext],
  ["token_usage_record", readUsageRecord],
  ["bare/session", readBareSession],
  ["bare/message", readBareMessage],
  ...CALLS.map(([type, read]) => [`response_item/${type}`, read] as const),
  ...CALLS.map(([type, read]) => [`bare/${type}`, read] as const),
  ...ITEMS.map(([type, read]) => [`event_msg/item_completed/${type}`, read] as const),
  ...[...EVENTS].map(([type, read]) => [`event_msg/${type}`, read] as const),
]);

/**
 * Known and of no use. Messages are taken from events and items, where only the conversation stands; compactions from
 * `compacted` lines; approvals are never persisted by themselves.
 */
const IGNORED_EVENTS =
  "agent_reasoning agent_reasoning_raw_content agent_reasoning_section_break agent_message_delta agent_reasoning_delta agent_message_content_delta agent_reasoning_raw_content_delta reasoning_content_delta reasoning_raw_content_delta thread_settings_applied thread_goal_updated thread_name_updated entered_review_mode exited_review_mode context_compacted image_generation_begin image_generation_end sub_agent_activity turn_diff turn_moderation_metadata exec_command_begin exec_command_output_delta terminal_interaction patch_apply_begin patch_apply_updated mcp_tool_call_begin mcp_startup_update mcp_startup_complete web_search_begin session_configured guardian_assessment guardian_warning hook_started hook_completed request_user_input request_permissions elicitation_request dynamic_tool_call_request background_event deprecation_notice item_started undo_started view_image_tool_call model_reroute model_verification raw_response_item shutdown_complete skills_update_available plan_delta collab_agent_spawn_begin collab_agent_spawn_end collab_agent_interaction_begin collab_agent_interaction_end collab_waiting_begin collab_waiting_end collab_close_begin collab_close_end collab_resume_begin collab_resume_end realtime_conversation_started realtime_conversation_closed get_history_entry_response mcp_list_tools_response list_custom_prompts_response list_skills_response conversation_path";
const IGNORED_ITEMS =
  "Reasoning ContextCompaction Plan HookPrompt FunctionCallOutput SubAgentActivity ImageGeneration Sleep EnteredReviewMode ExitedReviewMode";
const IGNORED_RESPONSES =
  "message agent_message reasoning additional_tools ghost_snapshot image_generation_call compaction compaction_summary context_compaction compaction_trigger other";

export const IGNORED: ReadonlySet<string> = new Set([
  "world_state",
  "retained_context",
  "inter_agent_communication",
  "realtime_item",
  "security_risk_score",
  "agent_response_observation",
  "bare/state",
  "bare/reasoning",
  "bare/ghost_snapshot",
  ...IGNORED_EVENTS.split(" ").map((type) => `event_msg/${type}`),
  ...IGNORED_ITEMS.split(" ").map((type) => `event_msg/item_completed/${type}`),
  ...IGNORED_RESPONSES.split(" ").map((type) => `response_item/${type}`),
]);
