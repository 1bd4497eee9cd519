/** The turns that tests are written in. Call ids are given, so that a test can name the call it means. */
import type { Json } from "../../../src/kit/json.ts";
import { type ModelItem, type ModelTurn, type TurnOptions, turnOf } from "./model-turn.ts";

/** Put in place of it: the id that the last `spawn_agent` of this request's history was answered with. */
export const SPAWNED_AGENT = "{{spawned-agent}}";

/** A message; with nothing else in its answer it ends the agent's turn. */
export function says(text: string, options?: TurnOptions): ModelTurn {
  return turnOf({ kind: "items", items: [message(text)] }, options);
}

/** Structured output: the message is this value as JSON. */
export function saysJson(value: Json, options?: TurnOptions): ModelTurn {
  return says(JSON.stringify(value), options);
}

/** Several items in one answer. */
export function answers(items: readonly ModelItem[], options?: TurnOptions): ModelTurn {
  return turnOf({ kind: "items", items }, options);
}

/** A shell call. `more` holds further arguments, as `{ yield_time_ms: 500 }`. */
export function runs(
  callId: string,
  command: string,
  { more = {}, ...options }: TurnOptions & { readonly more?: Readonly<Record<string, Json>> } = {},
): ModelTurn {
  return answers([call("exec_command", callId, { cmd: command, ...more })], options);
}

/** A shell call that asks to run outside of Codex's own sandbox. */
export function asksToRun(callId: string, ask: { readonly command: string; readonly why: string }): ModelTurn {
  return runs(callId, ask.command, { more: { sandbox_permissions: "require_escalated", justification: ask.why } });
}

/** A free-form `apply_patch` call; `lines` stand between Begin and End. */
export function patches(callId: string, lines: readonly string[], options?: TurnOptions): ModelTurn {
  const input = ["*** Begin Patch", ...lines, "*** End Patch", ""].join("\n");
  return answers([{ type: "custom_tool_call", name: "apply_patch", call_id: callId, input }], options);
}

/** A cell of code mode: JavaScript that calls tools. */
export function runsCell(callId: string, input: string, options?: TurnOptions): ModelTurn {
  return answers([{ type: "custom_tool_call", name: "exec", call_id: callId, input }], options);
}

export function spawnsAgent(callId: string, message_: string): ModelTurn {
  return answers([call("spawn_agent", callId, { message: message_ }, "multi_agent_v1")]);
}

/** Waits for the agent spawned last, at most 20 s. */
export function waitsForAgent(callId: string): ModelTurn {
  return answers([call("wait_agent", callId, { targets: [SPAWNED_AGENT], timeout_ms: 20_000 }, "multi_agent_v1")]);
}

export function hangs(): ModelTurn {
  return turnOf({ kind: "hang" });
}

/** Says half a sentence and breaks the connection. */
export function breaksOff(): ModelTurn {
  return turnOf({ kind: "cut", items: [] });
}

export function refuses(status: number, error: { readonly [key: string]: Json }): ModelTurn {
  return turnOf({ kind: "status", status, body: { error } });
}

/** What a provider, or our own gateway, says when what may be spent is spent. */
export function hasNoBudget(): ModelTurn {
  return refuses(429, {
    type: "usage_limit_reached",
    code: "usage_limit_reached",
    message: "The usage limit has been reached",
  });
}

export function failsWith(code: string, text: string): ModelTurn {
  return turnOf({ kind: "failed", code, message: text });
}

export function stopsShort(reason: string): ModelTurn {
  return turnOf({ kind: "incomplete", reason });
}

export function message(text: string): ModelItem {
  return { type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] };
}

export function call(name: string, callId: string, args: Json, namespace?: string): ModelItem {
  const item = { type: "function_call", name, call_id: callId, arguments: JSON.stringify(args) };
  return namespace === undefined ? item : { ...item, namespace };
}
