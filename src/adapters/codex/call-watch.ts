import { callInput, commandText } from "../../formats/call-input.ts";
import { verdictOf } from "../../formats/call-verdict.ts";
import { isObject, numberAt, stringAt } from "../../kit/json.ts";
import type { AgentEvent } from "../../ports/agent.ts";
import { commandWords } from "./command-words.ts";

type Started = Extract<AgentEvent, { kind: "call_started" }>;
type Ended = Extract<AgentEvent, { kind: "call_ended" }>;

/**
 * Tells of every tool call once when it starts and once when it ends. Raw response items name all calls of the model,
 * also those that leave no item (quick denials, rejections, unknown tools); items name the calls inside a code cell and
 * have the exit code of a command that ends later than its first output.
 */
export class CallWatch {
  /** Calls that run, with the tool's name and whether an item of theirs will say how they end. */
  readonly #running = new Map<string, { readonly tool: string; hasItem: boolean }>();
  readonly #heard: (event: AgentEvent) => void;

  constructor(heard: (event: AgentEvent) => void) {
    this.#heard = heard;
  }

  raw(item: unknown): void {
    const callId = stringAt(item, "call_id");
    if (!isObject(item) || callId === null) return;
    const type = stringAt(item, "type") ?? "";
    if (type.endsWith("_call")) this.#start(startedOf(item, callId));
    if (!type.endsWith("_call_output")) return;
    const { outcome, exitCode } = verdictOf(item["output"]);
    const ends = outcome !== "running" && this.#running.get(callId)?.hasItem === false;
    if (ends) this.#end(callId, { exitCode, ok: outcome === "ok" });
  }

  itemStarted(item: unknown): void {
    const started = startedOfItem(item);
    if (started === null) return;
    this.#start(started);
    const running = this.#running.get(started.callId);
    if (running !== undefined) running.hasItem = true;
  }

  itemCompleted(item: unknown): void {
    const id = stringAt(item, "id");
    if (id === null || !this.#running.has(id)) return;
    const exitCode = numberAt(item, "exitCode");
    this.#end(id, { exitCode, ok: stringAt(item, "status") === "completed" && (exitCode ?? 0) === 0 });
  }

  /** The turn is over: what still runs was cut off. */
  turnEnded(): void {
    for (const callId of this.#running.keys()) this.#end(callId, { exitCode: null, ok: false });
  }

  #start(started: Started): void {
    if (this.#running.has(started.callId)) return;
    this.#running.set(started.callId, { tool: started.tool, hasItem: false });
    this.#heard(started);
  }

  #end(callId: string, how: Pick<Ended, "exitCode" | "ok">): void {
    const tool = this.#running.get(callId)?.tool ?? "";
    this.#running.delete(callId);
    this.#heard({ kind: "call_ended", callId, tool, ...how });
  }
}

function startedOf(item: Record<string, unknown>, callId: string): Started {
  const name = stringAt(item, "name") ?? stringAt(item, "type") ?? "unknown";
  const namespace = stringAt(item, "namespace");
  const tool = namespace === null ? name : `${namespace}.${name}`;
  return { kind: "call_started", callId, tool, input: callInput(name, item["arguments"] ?? item["input"]).input };
}

/** Items that stand for a call; the rest (messages, reasoning, compactions) do not. */
function startedOfItem(item: unknown): Started | null {
  const callId = stringAt(item, "id");
  if (!isObject(item) || callId === null) return null;
  const started = (tool: string, input: string): Started => ({ kind: "call_started", callId, tool, input });
  switch (item["type"]) {
    case "commandExecution":
      return started("exec_command", scriptOf(stringAt(item, "command") ?? ""));
    case "fileChange":
      return started("apply_patch", pathsOf(item).join("\n"));
    case "mcpToolCall":
      return started(`${stringAt(item, "server")}.${stringAt(item, "tool")}`, JSON.stringify(item["arguments"] ?? {}));
    case "collabAgentToolCall":
    case "dynamicToolCall":
      return started(stringAt(item, "tool") ?? "unknown", stringAt(item, "prompt") ?? "");
    default:
      return null;
  }
}

/** The script of `/bin/bash -lc '…'`, or the line as it stands. */
export function scriptOf(line: string): string {
  return commandText(commandWords(line)) ?? line;
}

/** The paths a `fileChange` item touches, both ends of a move. */
export function pathsOf(item: unknown): readonly string[] {
  const changes = isObject(item) && Array.isArray(item["changes"]) ? item["changes"] : [];
  return changes.flatMap((change: unknown) => {
    const moved = isObject(change) ? stringAt(change["kind"], "move_path") : null;
    return [stringAt(change, "path"), moved].filter((path) => path !== null);
  });
}
