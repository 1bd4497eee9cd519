/** The three events of a call, as the spine writes them. */
import { commandFamily } from "../command-family.ts";
import type { CallStarted, CallVerdict, MarkRecord, RawChange } from "../record.ts";
import { isShellTool } from "../tool-name.ts";

export type CallShape = Pick<CallStarted, "turnId" | "tool" | "input" | "family" | "changes"> & {
  readonly escalated?: boolean;
};

type Family = "exec" | "patch" | "mcp" | "other";

const BEGIN_TYPES = {
  exec: "exec_command_begin",
  patch: "patch_apply_begin",
  mcp: "mcp_tool_call_begin",
  other: "dynamic_tool_call_request",
};
const END_TYPES = {
  exec: "exec_command_end",
  patch: "patch_apply_end",
  mcp: "mcp_tool_call_end",
  other: "dynamic_tool_call_response",
};

/** Payload of the event with which a call begins. */
export function callBegun(call: CallStarted): Record<string, unknown> {
  const about = { type: BEGIN_TYPES[familyOf(call.tool)], call_id: call.callId, turn_id: call.turnId };
  return { ...about, ...shapeOf(call), ...(call.escalated && { escalated: true }) };
}

interface EndedShape {
  readonly callId: string;
  /** `null` for a call whose beginning the recording does not have. */
  readonly shape: CallShape | null;
  readonly verdict: CallVerdict;
}

/** Payload of the event with which a call ends. */
export function callEnded({ callId, shape: call, verdict }: EndedShape): Record<string, unknown> {
  const family = familyOf(call?.tool ?? "");
  return {
    type: END_TYPES[family],
    call_id: callId,
    turn_id: call?.turnId ?? null,
    ...(call && shapeOf(call)),
    outcome: verdict.outcome,
    ...(family === "exec" ? { stdout: "", stderr: "" } : { success: verdict.outcome === "ok" }),
    exit_code: verdict.exitCode,
    duration: durationOf(verdict.statedMs),
    aggregated_output: verdict.output,
  };
}

/** Payload of the question that a call needs an answer to. */
export function callQuestion(mark: MarkRecord, call: CallShape | null): Record<string, unknown> {
  const patch = mark.detail === "patch";
  const about = { call_id: mark.callId, turn_id: mark.turnId };
  return {
    type: patch ? "apply_patch_approval_request" : "exec_approval_request",
    ...about,
    ...(call && shapeOf(call)),
  };
}

function familyOf(tool: string): Family {
  if (isShellTool(tool)) return "exec";
  if (tool === "apply_patch") return "patch";
  return tool.startsWith("mcp ") ? "mcp" : "other";
}

/** Tool, input and files in the keys of the call's family. */
function shapeOf(call: CallShape): Record<string, unknown> {
  switch (familyOf(call.tool)) {
    case "exec":
      return shellShape(call);
    case "patch":
      return { changes: changesOf(call.changes), input: call.input };
    case "mcp":
      return { invocation: invocationOf(call) };
    case "other":
      return { tool: call.tool, arguments: call.input };
  }
}

/** The family is written only where the command alone does not say it: arguments that were no command, text that was cut. */
function shellShape({ tool, input, family }: CallShape): Record<string, unknown> {
  return {
    command: ["bash", "-lc", input],
    ...(tool !== "exec_command" && { tool }),
    ...(family !== commandFamily(input) && { family }),
  };
}

/** `mcp stub.echo` is tool `echo` of server `stub`. */
function invocationOf(call: CallShape): Record<string, unknown> {
  const name = call.tool.slice("mcp ".length);
  const dot = name.indexOf(".");
  return { server: name.slice(0, dot), tool: name.slice(dot + 1), arguments: call.input };
}

function changesOf(changes: readonly RawChange[]): Record<string, unknown> {
  return Object.fromEntries(changes.map(({ path, kind, removed, added }) => [path, { type: kind, removed, added }]));
}

function durationOf(ms: number | null): Record<string, number> | null {
  if (ms === null) return null;
  const secs = Math.floor(ms / 1000);
  return { secs, nanos: Math.round((ms - secs * 1000) * 1_000_000) };
}
