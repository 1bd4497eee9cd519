import { isObject, numberAt, objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { CALL_OUTCOMES, type CallOutcome } from "../../model/outcome.ts";
import { instantBefore } from "../../model/time.ts";
import { commandText, stringsOf } from "../call-input.ts";
import { commandFamily } from "../command-family.ts";
import type { CallItem, CallStarted, CallVerdict, RawChange, TraceRecord } from "../record.ts";
import { changesOfSpine } from "./changes-of-spine.ts";
import type { SpineEvent } from "./spine-event.ts";
import { type CutSpineLine, memberNumber, memberText } from "./spine-line.ts";

/** What a call is, before and after it ran: tool, input and files. */
interface Call {
  readonly tool: string;
  readonly input: string;
  readonly family: string;
  readonly changes: readonly RawChange[];
}

type Phase = "asked" | "begun" | "ended";

interface CallEventRule {
  readonly phase: Phase;
  readonly call: (fields: Record<string, unknown>) => Call;
  readonly outcome: (fields: Record<string, unknown>) => CallOutcome;
}

const running = (): CallOutcome => "running";

const RULES: { readonly [type: string]: CallEventRule } = {
  exec_approval_request: { phase: "asked", call: shellCall, outcome: running },
  exec_command_begin: { phase: "begun", call: shellCall, outcome: running },
  exec_command_end: { phase: "ended", call: shellCall, outcome: exitOutcome },
  apply_patch_approval_request: { phase: "asked", call: patchCall, outcome: running },
  patch_apply_begin: { phase: "begun", call: patchCall, outcome: running },
  patch_apply_end: { phase: "ended", call: patchCall, outcome: successOutcome },
  mcp_tool_call_begin: { phase: "begun", call: mcpCall, outcome: running },
  mcp_tool_call_end: { phase: "ended", call: mcpCall, outcome: mcpOutcome },
  dynamic_tool_call_request: { phase: "begun", call: otherCall, outcome: running },
  dynamic_tool_call_response: { phase: "ended", call: otherCall, outcome: successOutcome },
  web_search_begin: { phase: "begun", call: named("web_search"), outcome: running },
  web_search_end: { phase: "ended", call: named("web_search"), outcome: () => "ok" },
  view_image_tool_call: { phase: "ended", call: named("view_image"), outcome: () => "ok" },
};

export function isCallEvent(type: string): boolean {
  return Object.hasOwn(RULES, type);
}

/**
 * A call that is asked for, begins or ends. The request is a call's first sight, for a refused call never begins; one
 * that does not say what is asked for is about a call that is known already.
 */
export function readCallEvent(event: SpineEvent): readonly TraceRecord[] {
  const rule = RULES[event.type];
  const callId = stringAt(event.fields, "call_id") ?? stringAt(event.fields, "callId");
  if (rule === undefined || callId === null) return [{ kind: "unknown", type: `event ${event.type} without call id` }];
  const call = rule.call(event.fields);
  if (rule.phase === "ended") return ended({ event, callId, call, outcome: rule.outcome(event.fields) });
  const started = startedCall(event, callId, call);
  if (rule.phase === "begun") return [started];
  return call.input === "" ? [asked(event, callId)] : [started, asked(event, callId)];
}

/** The end of a command whose output is too long to arrive whole: all but the output is found in head and tail. */
export function readCutCallEvent(line: CutSpineLine, type: string): readonly TraceRecord[] {
  const callId = memberText(line.head, "call_id");
  const exitCode = memberNumber(line.tail, "exit_code") ?? memberNumber(line.head, "exit_code");
  if (type !== "exec_command_end" || callId === null || exitCode === null) {
    return [{ kind: "unreadable", reason: `event ${type} line too long` }];
  }
  const fields = { call_id: callId, exit_code: exitCode, command: cutCommand(line.head) };
  return readCallEvent({ at: line.at, type, turnId: memberText(line.head, "turn_id"), fields });
}

function cutCommand(head: string): readonly unknown[] {
  const list = /"command"\s*:\s*(\[(?:"(?:[^"\\]|\\.)*"|[\s,])*\])/.exec(head)?.[1];
  const words = list === undefined ? undefined : parseJson(list);
  return Array.isArray(words) ? words : [];
}

function startedCall(event: SpineEvent, callId: string, call: Call): CallStarted {
  const escalated = event.type === "exec_approval_request" || event.fields["escalated"] === true;
  const { at, turnId } = event;
  return { kind: "call_started", at, callId, turnId, ...call, escalated, process: null };
}

function asked(event: SpineEvent, callId: string): TraceRecord {
  const detail = event.type === "exec_approval_request" ? "exec" : "patch";
  return { kind: "mark", mark: "approval_asked", at: event.at, turnId: event.turnId, callId, detail, count: null };
}

interface Ended {
  readonly event: SpineEvent;
  readonly callId: string;
  readonly call: Call;
  readonly outcome: CallOutcome;
}

/** The item brings what a call without a beginning lacks; the end decides, because the spine has no output lines. */
function ended({ event, callId, call, outcome }: Ended): readonly TraceRecord[] {
  const verdict = verdictOf(event.fields, outcome);
  const startedAt = event.at === null || verdict.statedMs === null ? null : instantBefore(event.at, verdict.statedMs);
  const item: CallItem = { kind: "call_item", at: event.at, callId, turnId: event.turnId, ...call, startedAt, verdict };
  return [item, { kind: "call_ended", at: event.at, callId, verdict }];
}

/** Our own writer adds `outcome`, which says more than an exit code can: denied, blocked, never finished. */
function verdictOf(fields: Record<string, unknown>, outcome: CallOutcome): CallVerdict {
  const stated = CALL_OUTCOMES.find((word) => word === fields["outcome"]);
  const exitCode = numberAt(fields, "exit_code");
  return {
    outcome: stated ?? outcome,
    exitCode,
    process: null,
    output: outputOf(fields),
    statedMs: durationOf(fields),
  };
}

function outputOf(fields: Record<string, unknown>): string {
  for (const key of ["aggregated_output", "formatted_output"]) {
    const text = stringAt(fields, key);
    if (text !== null && text !== "") return text;
  }
  return [stringAt(fields, "stdout"), stringAt(fields, "stderr"), stringAt(fields, "error")]
    .filter((text) => text !== null && text !== "")
    .join("\n");
}

/** `{secs, nanos}` in milliseconds. */
function durationOf(fields: Record<string, unknown>): number | null {
  const duration = objectAt(fields, "duration");
  const secs = numberAt(duration, "secs");
  return secs === null ? null : Math.round(secs * 1000 + (numberAt(duration, "nanos") ?? 0) / 1_000_000);
}

function exitOutcome(fields: Record<string, unknown>): CallOutcome {
  const exitCode = numberAt(fields, "exit_code");
  if (exitCode === null) return "unfinished";
  return exitCode === 0 ? "ok" : "failed";
}

/** Success that is not stated counts as success, as the predecessor had it. */
function successOutcome(fields: Record<string, unknown>): CallOutcome {
  return fields["success"] === false ? "failed" : "ok";
}

/** `{"Ok": {…, isError}}` or `{"Err": text}`. */
function mcpOutcome(fields: Record<string, unknown>): CallOutcome {
  const result = objectAt(fields, "result");
  const failed = result !== null && (Object.hasOwn(result, "Err") || objectAt(result, "Ok")?.["isError"] === true);
  return failed ? "failed" : "ok";
}

function shellCall(fields: Record<string, unknown>): Call {
  const tool = stringAt(fields, "tool") ?? "exec_command";
  const command = fields["command"];
  const words = typeof command === "string" ? command : (stringsOf(command) ?? []);
  const family = stringAt(fields, "family") ?? commandFamily(words);
  return { tool, input: commandText(command) ?? "", family, changes: [] };
}

function patchCall(fields: Record<string, unknown>): Call {
  const changes = changesOfSpine(fields["changes"]);
  const input = stringAt(fields, "input") ?? changes.map((change) => `${change.kind} ${change.path}`).join("\n");
  return { tool: "apply_patch", input, family: "apply_patch", changes };
}

function mcpCall(fields: Record<string, unknown>): Call {
  const invocation = objectAt(fields, "invocation");
  const tool = `mcp ${stringAt(invocation, "server") ?? "?"}.${stringAt(invocation, "tool") ?? "?"}`;
  return { tool, input: argumentText(invocation?.["arguments"]), family: tool, changes: [] };
}

function otherCall(fields: Record<string, unknown>): Call {
  const tool = stringAt(fields, "tool") ?? "unknown";
  return { tool, input: argumentText(fields["arguments"]), family: tool, changes: [] };
}

function named(tool: string): CallEventRule["call"] {
  return (fields) => ({
    tool,
    input: stringAt(fields, "query") ?? stringAt(fields, "path") ?? "",
    family: tool,
    changes: [],
  });
}

function argumentText(value: unknown): string {
  if (typeof value === "string") return value;
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : "";
}
