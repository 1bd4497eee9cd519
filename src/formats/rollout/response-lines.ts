import { objectAt, parseJson, stringAt } from "../../kit/json.ts";
import { hashParts } from "../../kit/hash.ts";
import type { Instant } from "../../model/time.ts";
import { verdict, verdictOf } from "../call-verdict.ts";
import { callInput } from "../call-input.ts";
import type { TraceRecord } from "../record.ts";
import { toolName } from "../tool-name.ts";
import { lacking, turnIdOf, type Payload, type ReadPayload } from "./payload.ts";

/** `function_call`: arguments are JSON in a string. A plan is a call and a mark. */
export const readFunctionCall: ReadPayload = (call, at) => {
  const name = stringAt(call, "name") ?? "";
  const started = startedCall(call, { at, name, given: call["arguments"] });
  return name === "update_plan" ? [...started, ...planMarks(call, at)] : started;
};

/** `custom_tool_call`: free text, for patches and code cells. */
export const readCustomCall: ReadPayload = (call, at) =>
  startedCall(call, { at, name: stringAt(call, "name") ?? "", given: call["input"] });

/** `local_shell_call`: the command stands in an action. */
export const readLocalShellCall: ReadPayload = (call, at) =>
  startedCall(call, { at, name: "local_shell", given: objectAt(call, "action") ?? {} });

/** `tool_search_call`: has its own type instead of a name. */
export const readToolSearchCall: ReadPayload = (call, at) =>
  startedCall(call, { at, name: "tool_search", given: call["arguments"] });

/** `…_output` of any call. */
export const readCallOutput: ReadPayload = (output, at) => {
  const callId = stringAt(output, "call_id");
  return callId === null
    ? lacking("call_id")
    : [{ kind: "call_ended", at, callId, verdict: verdictOf(output["output"]) }];
};

/** `web_search_call`: runs at the provider, so one line is the whole call; older versions give it no id. */
export const readWebSearchCall: ReadPayload = (call, at) => {
  const callId = stringAt(call, "id") ?? stringAt(call, "call_id");
  if (callId === null) return [{ kind: "ignored", type: "response_item/web_search_call" }];
  const { input } = callInput("web_search", stringAt(call["action"], "query") ?? call["action"]);
  const outcome = stringAt(call, "status") === "failed" ? "failed" : "ok";
  const common = { at, callId, turnId: turnIdOf(call), tool: "web_search", input, family: "web_search" };
  return [{ kind: "call_item", ...common, startedAt: null, verdict: verdict(outcome, ""), changes: [] }];
};

interface Started {
  readonly at: Instant | null;
  readonly name: string;
  readonly given: unknown;
}

function startedCall(call: Payload, { at, name, given }: Started): readonly TraceRecord[] {
  const callId = stringAt(call, "call_id") ?? stringAt(call, "id");
  if (callId === null) return lacking("call_id");
  const tool = toolName(name, stringAt(call, "namespace"));
  return [{ kind: "call_started", at, callId, turnId: turnIdOf(call), ...callInput(tool, given) }];
}

function planMarks(call: Payload, at: Instant | null): readonly TraceRecord[] {
  const plan = objectAt({ plan: parseJson(stringAt(call, "arguments") ?? "") }, "plan")?.["plan"];
  if (!Array.isArray(plan)) return [];
  const steps = plan.map((step: unknown) => stringAt(step, "step") ?? "");
  return [planMark(steps, { at, turnId: turnIdOf(call), callId: stringAt(call, "call_id") })];
}

/** A plan as it now stands: the hash of its steps, without their progress, and how many there are. */
export function planMark(
  steps: readonly string[],
  where: { readonly at: Instant | null; readonly turnId: string | null; readonly callId: string | null },
): TraceRecord {
  return { kind: "mark", mark: "plan_update", ...where, detail: hashParts(...steps).slice(0, 16), count: steps.length };
}
