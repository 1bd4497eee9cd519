import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { Instant } from "../../model/time.ts";
import { exitVerdict, verdict } from "../call-verdict.ts";
import { changesOfItem } from "../patch-changes.ts";
import type { MarkRecord, TraceRecord } from "../record.ts";
import { isBoilerplate } from "./boilerplate.ts";
import { callItem, statusVerdict } from "./item-lines.ts";
import { contentText, durationMs, turnIdOf, type Payload, type ReadPayload } from "./payload.ts";
import { planMark } from "./response-lines.ts";
import { errorWord } from "./turn-lines.ts";

/** `user_message` of legacy files. Some versions repeat what Codex itself put before the conversation. */
export const readUserEvent: ReadPayload = (event, at) => {
  const text = stringAt(event, "message") ?? "";
  if (isBoilerplate(text)) return [{ kind: "ignored", type: "event_msg/user_message" }];
  return [{ kind: "message", at, turnId: turnIdOf(event), role: "user", text }];
};

/** `agent_message` of legacy files. */
export const readAgentEvent: ReadPayload = (event, at) => [
  { kind: "message", at, turnId: turnIdOf(event), role: "agent", text: stringAt(event, "message") ?? "" },
];

/** `exec_command_end`, in rollouts of some versions and in the oldest exec streams. */
export const readCommandEnd: ReadPayload = (event, at) => {
  const output =
    stringAt(event, "aggregated_output") ?? `${stringAt(event, "stdout") ?? ""}${stringAt(event, "stderr") ?? ""}`;
  const how = exitVerdict(numberAt(event, "exit_code") ?? 0, output, durationMs(event["duration"]));
  return callItem(event, {
    tool: "exec_command",
    given: { command: event["command"] },
    verdict: how,
    place: placeOf(event, at),
  });
};

/** `patch_apply_end`: `success`, and from 0.120 on a status word. */
export const readPatchEnd: ReadPayload = (event, at) => {
  const output = `${stringAt(event, "stdout") ?? ""}${stringAt(event, "stderr") ?? ""}`;
  const changes = changesOfItem(event["changes"]);
  const given = changes.map(({ path }) => path).join(" ");
  return callItem(event, {
    tool: "apply_patch",
    given,
    verdict: statusVerdict(event, output),
    place: placeOf(event, at),
    changes,
  });
};

/** `mcp_tool_call_end`: `result` is Rust's `{Ok: answer}` or `{Err: text}`. */
export const readMcpEnd: ReadPayload = (event, at) => {
  const invocation = objectAt(event, "invocation");
  const tool = `mcp ${stringAt(invocation, "server") ?? ""}.${stringAt(invocation, "tool") ?? ""}`;
  const answer = objectAt(objectAt(event, "result"), "Ok");
  const failed = answer === null || answer["isError"] === true || answer["is_error"] === true;
  const output = contentText(answer?.["content"]) || (stringAt(objectAt(event, "result"), "Err") ?? "");
  const how = { ...verdict(failed ? "failed" : "ok", output), statedMs: durationMs(event["duration"]) };
  return callItem(event, { tool, given: invocation?.["arguments"], verdict: how, place: placeOf(event, at) });
};

/** `web_search_end`. */
export const readWebSearchEnd: ReadPayload = (event, at) =>
  callItem(event, {
    tool: "web_search",
    given: stringAt(event, "query") ?? "",
    verdict: verdict("ok", ""),
    place: placeOf(event, at),
  });

/** `plan_update`: the plan as an event. */
export const readPlanEvent: ReadPayload = (event, at) => {
  const plan = event["plan"];
  const steps = Array.isArray(plan) ? plan.map((step: unknown) => stringAt(step, "step") ?? "") : [];
  return [planMark(steps, { at, turnId: turnIdOf(event), callId: null })];
};

/** An event that is one mark; its message is the detail. */
export function markReader(mark: MarkRecord["mark"]): ReadPayload {
  return (event, at) => [markOf(mark, event, at)];
}

/** A request for approval, in versions that kept it: `exec` or `patch`. */
export function approvalReader(asked: "exec" | "patch"): ReadPayload {
  return (event, at) => [{ ...markOf("approval_asked", event, at), detail: asked }];
}

/** `thread_rolled_back`: so many turns no longer count. */
export const readRollback: ReadPayload = (event, at) => [
  { ...markOf("rollback", event, at), count: numberAt(event, "num_turns") },
];

function markOf(mark: MarkRecord["mark"], event: Payload, at: Instant | null): MarkRecord {
  const word = errorWord(event);
  const message = stringAt(event, "message") ?? stringAt(event, "reason") ?? "";
  const detail = word === null ? message : `${word}: ${message}`;
  return { kind: "mark", mark, at, turnId: turnIdOf(event), callId: stringAt(event, "call_id"), detail, count: null };
}

function placeOf(event: Payload, at: Instant | null): { at: Instant | null; turnId: string | null; startedMs: null } {
  return { at, turnId: turnIdOf(event), startedMs: null };
}

/** A line this reader knows and has no use for. */
export function ignored(type: string): readonly TraceRecord[] {
  return [{ kind: "ignored", type }];
}
