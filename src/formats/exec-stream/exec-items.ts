import { numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { CallItem, CallVerdict, TraceRecord } from "../record.ts";
import { callInput, type CallInput } from "../call-input.ts";
import { exitVerdict, verdict } from "../call-verdict.ts";
import { changesOfList } from "../patch-changes.ts";
import { statusVerdict } from "../rollout/item-lines.ts";
import { contentText, lacking, type Payload } from "../rollout/payload.ts";
import { planMark } from "../rollout/response-lines.ts";

type Stage = "started" | "updated" | "completed";

/** An item of an exec stream. A call is started and completed; a message, a plan or a warning has its last word only. */
export function readExecItem(item: Payload, stage: Stage): readonly TraceRecord[] {
  const type = stringAt(item, "type") ?? "untyped";
  const call = CALLS.get(type);
  if (call !== undefined) return stage === "updated" ? ignoredItem(type) : callRecords(item, call(item), stage);
  if (type === "todo_list") return stage === "started" ? ignoredItem(type) : [planOf(item)];
  if (type === "reasoning") return ignoredItem(type);
  if (type !== "agent_message" && type !== "error") return [{ kind: "unknown", type: `item/${type}` }];
  if (stage !== "completed") return ignoredItem(type);
  const text = stringAt(item, "text") ?? stringAt(item, "message") ?? "";
  if (type === "agent_message") return [{ kind: "message", at: null, turnId: null, role: "agent", text }];
  return [{ kind: "mark", mark: "warning", at: null, turnId: null, callId: null, detail: text, count: null }];
}

interface ExecCall {
  readonly asked: CallInput;
  readonly verdict: CallVerdict;
}

const CALLS: ReadonlyMap<string, (item: Payload) => ExecCall> = new Map([
  ["command_execution", commandCall],
  ["file_change", fileChangeCall],
  ["mcp_tool_call", toolServerCall],
  ["collab_tool_call", (item) => plainCall(stringAt(item, "tool") ?? "collab", stringAt(item, "prompt") ?? "", item)],
  ["web_search", (item) => plainCall("web_search", stringAt(item, "query") ?? "", item)],
]);

function callRecords(item: Payload, call: ExecCall, stage: Stage): readonly TraceRecord[] {
  const callId = stringAt(item, "id");
  if (callId === null) return lacking("id");
  if (stage === "started") return [{ kind: "call_started", at: null, callId, turnId: null, ...call.asked }];
  const { tool, input, family, changes } = call.asked;
  const record: CallItem = {
    kind: "call_item",
    at: null,
    callId,
    turnId: null,
    startedAt: null,
    tool,
    input,
    family,
    changes,
    verdict: call.verdict,
  };
  return [record];
}

function commandCall(item: Payload): ExecCall {
  const output = stringAt(item, "aggregated_output") ?? "";
  const exitCode = numberAt(item, "exit_code");
  const asked = callInput("exec_command", { cmd: unwrapped(stringAt(item, "command") ?? "") });
  return { asked, verdict: exitCode === null ? statusVerdict(item, output) : exitVerdict(exitCode, output) };
}

/** `/bin/bash -lc 'npm test'` as one text: the script inside, with the quoting undone. */
function unwrapped(command: string): string {
  const script = /^\S*\/?(?:ba|z|da)?sh -l?c ([\s\S]+)$/.exec(command)?.[1];
  if (script === undefined) return command;
  const quote = script[0];
  if ((quote !== "'" && quote !== '"') || !script.endsWith(quote) || script.length < 2) return script;
  const inner = script.slice(1, -1);
  return quote === "'" ? inner.replaceAll(String.raw`'\''`, "'") : inner.replaceAll(/\\(["\\$`])/g, "$1");
}

function fileChangeCall(item: Payload): ExecCall {
  const changes = changesOfList(item["changes"]);
  const asked = callInput("apply_patch", changes.map(({ path }) => path).join(" "));
  return { asked: { ...asked, changes }, verdict: statusVerdict(item, "") };
}

function toolServerCall(item: Payload): ExecCall {
  const tool = `mcp ${stringAt(item, "server") ?? ""}.${stringAt(item, "tool") ?? ""}`;
  const result = objectAt(item, "result");
  const output = contentText(result?.["content"]) || (stringAt(objectAt(item, "error"), "message") ?? "");
  const failed = result?.["isError"] === true || objectAt(item, "error") !== null;
  return {
    asked: callInput(tool, item["arguments"]),
    verdict: failed ? verdict("failed", output) : statusVerdict(item, output),
  };
}

function plainCall(tool: string, given: string, item: Payload): ExecCall {
  return { asked: callInput(tool, given), verdict: statusVerdict(item, "") };
}

function planOf(item: Payload): TraceRecord {
  const items = item["items"];
  const steps = Array.isArray(items) ? items.map((step: unknown) => stringAt(step, "text") ?? "") : [];
  return planMark(steps, { at: null, turnId: null, callId: null });
}

function ignoredItem(type: string): readonly TraceRecord[] {
  return [{ kind: "ignored", type: `item/${type}` }];
}
