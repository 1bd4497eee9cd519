import { LONGEST_SECRET } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import { callInput, type CallInput } from "../call-input.ts";
import { exitVerdict, textVerdict, verdict } from "../call-verdict.ts";
import type { TraceRecord } from "../record.ts";
import { isShellTool, toolName } from "../tool-name.ts";
import { isCutMember, lastStringMember, stringMember, textMember, valueStart } from "./json-prefix.ts";
import { UNKNOWN_SESSION } from "../session-parts.ts";

/** A line too long to be read whole: its first and last characters, both possibly cut inside a string. */
export interface CutLine {
  readonly name: string;
  readonly at: Instant | null;
  readonly head: string;
  readonly tail: string;
}

type ReadCut = (line: CutLine) => readonly TraceRecord[] | null;

/** What head and tail of a long line tell; `null` when that is not enough for its kind. */
export function readCutLine(line: CutLine): readonly TraceRecord[] | null {
  const kind = line.name.slice(line.name.lastIndexOf("/") + 1);
  return READERS.get(kind)?.(line) ?? null;
}

/** Outputs name their call before the text; the exit code stands at the start, or in `metadata` at the end. */
const readCutOutput: ReadCut = ({ at, head, tail }) => {
  const callId = stringMember(head, "call_id") ?? lastStringMember(tail, "call_id");
  if (callId === undefined) return null;
  const value = head.slice(valueStart(head, "output"));
  const [text, name] = value.startsWith('"') ? [head, "output"] : [value, "text"];
  const how = textVerdict(stringMember(text, name) ?? "", tail);
  const output = isCutMember(text, name) ? how.output.slice(0, -LONGEST_SECRET) : how.output;
  return [{ kind: "call_ended", at, callId, verdict: { ...how, output } }];
};

/** Calls name themselves before their arguments (patches) or behind them (functions). */
const readCutCall: ReadCut = ({ at, head, tail }) => {
  const callId = stringMember(head, "call_id") ?? lastStringMember(tail, "call_id");
  if (callId === undefined) return null;
  const tool = toolName(stringMember(head, "name") ?? "", stringMember(head, "namespace") ?? null);
  const asked = askedIn(tool, stringMember(head, "arguments") ?? stringMember(head, "input") ?? "");
  const kept = askedIn(tool, textMember(head, "arguments") ?? textMember(head, "input") ?? "");
  return [
    {
      kind: "call_started",
      at,
      callId,
      turnId: lastStringMember(tail, "turn_id") ?? null,
      ...asked,
      input: kept.input,
      changes: kept.changes,
    },
  ];
};

function askedIn(tool: string, given: string): CallInput {
  const command = isShellTool(tool) ? (stringMember(given, "cmd") ?? stringMember(given, "command")) : undefined;
  return callInput(tool, command === undefined ? given : { cmd: command });
}

/** A command item names its call and command before the output and its exit code behind it. */
const readCutCommand: ReadCut = ({ at, head, tail }) => {
  const item = head.slice(Math.max(0, valueStart(head, "item")));
  const callId = stringMember(item, "id");
  const exitCode = /"exit_code":(-?\d+)/.exec(tail)?.[1];
  if (callId === undefined || exitCode === undefined) return null;
  const script = /"command":\["[^"]*","-\w*c",("(?:[^"\\]|\\.)*")/.exec(item)?.[1];
  const command = script === undefined ? "" : (stringMember(`"c":${script}`, "c") ?? "");
  const { input, family } = callInput("exec_command", { cmd: command });
  const output = textMember(item, "aggregated_output") ?? textMember(item, "stdout") ?? "";
  const turnId = stringMember(head, "turn_id") ?? null;
  const how = exitVerdict(Number(exitCode), output);
  return [
    {
      kind: "call_item",
      at,
      callId,
      turnId,
      tool: "exec_command",
      input,
      family,
      startedAt: null,
      verdict: how,
      changes: [],
    },
  ];
};

/** A change too long to read still tells whose it is and how it went; its files come from the call. */
const readCutChange: ReadCut = ({ at, head, tail }) => {
  const callId = stringMember(head.slice(Math.max(0, valueStart(head, "item"))), "id");
  const status = lastStringMember(tail, "status");
  if (callId === undefined || status === undefined) return null;
  const outcome = status === "declined" ? "denied_by_user" : status === "failed" ? "failed" : "ok";
  const turnId = stringMember(head, "turn_id") ?? null;
  const common = { at, callId, turnId, tool: "apply_patch", input: "", family: "apply_patch", startedAt: null };
  return [{ kind: "call_item", ...common, verdict: verdict(outcome, ""), changes: [] }];
};

/** A long message is known by its beginning. */
function cutMessage(role: "user" | "agent", member: string): ReadCut {
  return ({ at, head }) => {
    const text = textMember(head, member);
    return text === undefined
      ? null
      : [{ kind: "message", at, turnId: stringMember(head, "turn_id") ?? null, role, text }];
  };
}

/** A session line with long instructions: what names the thread stands before them. */
const readCutSession: ReadCut = ({ at, head }) => {
  const payload = head.slice(Math.max(0, valueStart(head, "payload")));
  const id = /[{,]"id":"([^"]+)"/.exec(payload)?.[1];
  if (id === undefined) return null;
  const member = (name: string): string | null => textMember(payload, name) ?? null;
  return [
    {
      ...UNKNOWN_SESSION,
      at,
      id,
      rootId: member("session_id"),
      parentId: member("parent_thread_id"),
      forkedFromId: member("forked_from_id"),
      cliVersion: member("cli_version"),
      originator: member("originator"),
      cwd: member("cwd"),
    },
  ];
};

const READERS: ReadonlyMap<string, ReadCut> = new Map([
  ["function_call_output", readCutOutput],
  ["custom_tool_call_output", readCutOutput],
  ["tool_search_output", readCutOutput],
  ["function_call", readCutCall],
  ["custom_tool_call", readCutCall],
  ["CommandExecution", readCutCommand],
  ["FileChange", readCutChange],
  ["UserMessage", cutMessage("user", "text")],
  ["AgentMessage", cutMessage("agent", "text")],
  ["user_message", cutMessage("user", "message")],
  ["agent_message", cutMessage("agent", "message")],
  ["session_meta", readCutSession],
]);
