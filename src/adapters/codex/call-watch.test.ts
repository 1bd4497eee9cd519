import { expect, test } from "vitest";
import type { AgentEvent } from "../../ports/agent.ts";
import { CallWatch } from "./call-watch.ts";

function watched(): { readonly watch: CallWatch; readonly events: AgentEvent[] } {
  const events: AgentEvent[] = [];
  return { watch: new CallWatch((event) => void events.push(event)), events };
}

const raw = { type: "function_call", call_id: "c", name: "exec_command", arguments: '{"cmd":"make"}' };

function output(text: string): object {
  return { type: "function_call_output", call_id: "c", output: text };
}

test("[RUN-1] a call that is seen twice is told once, and the item's exit code is the one that counts", () => {
  const { watch, events } = watched();
  watch.raw(raw);
  watch.itemStarted({ type: "commandExecution", id: "c", command: "/bin/bash -lc 'make'" });
  watch.raw(output("Process running with session ID 7\nOutput:\n"));
  watch.itemCompleted({ type: "commandExecution", id: "c", status: "failed", exitCode: 2 });
  watch.raw(output("Process exited with code 2\nOutput:\n"));
  expect(events).toEqual([
    { kind: "call_started", callId: "c", tool: "exec_command", input: "make" },
    { kind: "call_ended", callId: "c", tool: "exec_command", exitCode: 2, ok: false },
  ]);
});

test("[RUN-1] what still runs when the turn is over was cut off", () => {
  const { watch, events } = watched();
  watch.raw(raw);
  watch.raw(output("Process running with session ID 7\nOutput:\n"));
  watch.turnEnded();
  watch.itemCompleted({ type: "commandExecution", id: "c", status: "completed", exitCode: 0 });
  expect(events.slice(1)).toEqual([
    { kind: "call_ended", callId: "c", tool: "exec_command", exitCode: null, ok: false },
  ]);
});

test("[RUN-1] tools of servers and of namespaces carry their whole name; messages and reasoning are no calls", () => {
  const { watch, events } = watched();
  watch.raw({ type: "function_call", call_id: "m", name: "echo", namespace: "mcp__stub", arguments: "{}" });
  watch.itemStarted({ type: "mcpToolCall", id: "n", server: "stub", tool: "echo", arguments: { a: 1 } });
  for (const type of ["agentMessage", "reasoning", "userMessage", "contextCompaction"])
    watch.itemStarted({ type, id: type });
  watch.raw({ type: "message", role: "assistant" });
  expect(events.map((event) => ("tool" in event ? event.tool : event.kind))).toEqual(["mcp__stub.echo", "stub.echo"]);
});
