import { expect, test } from "vitest";
import { readAll } from "../../../test/fakes/sample-recordings.ts";
import type { TraceRecord } from "../record.ts";
import { rolloutReader } from "./rollout-reader.ts";

const AT = "2026-11-20T02:33:00.512Z";

function read(type: string, payload: unknown): readonly TraceRecord[] {
  return readAll(rolloutReader, [JSON.stringify({ timestamp: AT, type, payload })])[0]?.records ?? [];
}

function event(type: string, fields: Record<string, unknown>): readonly TraceRecord[] {
  return read("event_msg", { type, ...fields });
}

test("[TRC-1] ends of calls that some versions wrote as events are items", () => {
  const command = {
    call_id: "c1",
    turn_id: "t1",
    command: ["bash", "-lc", "npm test"],
    exit_code: 2,
    aggregated_output: "no",
    duration: { secs: 1, nanos: 5e8 },
  };
  expect(event("exec_command_end", command)).toMatchObject([
    {
      kind: "call_item",
      callId: "c1",
      turnId: "t1",
      family: "npm test",
      verdict: { outcome: "failed", exitCode: 2, statedMs: 1500 },
    },
  ]);
  const changes = { "a.js": { type: "update", unified_diff: "@@ -1 +1 @@\n-a\n+b\n" } };
  expect(event("patch_apply_end", { call_id: "c2", success: true, changes })).toMatchObject([
    { kind: "call_item", tool: "apply_patch", verdict: { outcome: "ok" }, changes: [{ path: "a.js", kind: "update" }] },
  ]);
  expect(event("patch_apply_end", { call_id: "c2", success: false, status: "declined", changes })).toMatchObject([
    { verdict: { outcome: "denied_by_user" } },
  ]);
  expect(event("patch_apply_end", { call_id: "c2", success: false, changes })).toMatchObject([
    { verdict: { outcome: "failed" } },
  ]);
});

test("[TRC-6] a tool server's answer fails by its own flag, by its status, or by being an error", () => {
  const invocation = { server: "stub", tool: "echo", arguments: { text: "hi" } };
  const end = (result: unknown): unknown => event("mcp_tool_call_end", { call_id: "c", invocation, result })[0];
  expect(end({ Ok: { content: [{ type: "text", text: "hi" }] } })).toMatchObject({
    tool: "mcp stub.echo",
    verdict: { outcome: "ok", output: "hi" },
  });
  expect(end({ Ok: { content: [], isError: true } })).toMatchObject({ verdict: { outcome: "failed" } });
  expect(end({ Err: "gone" })).toMatchObject({ verdict: { outcome: "failed", output: "gone" } });
  const item = {
    type: "McpToolCall",
    id: "c",
    server: "stub",
    tool: "echo",
    status: "completed",
    result: { content: [], isError: true },
  };
  expect(event("item_completed", { turn_id: "t", item })).toMatchObject([{ verdict: { outcome: "failed" } }]);
});

test("[TRC-1] interruptions, rollbacks, undone steps, errors and plans leave their marks", () => {
  expect(event("turn_aborted", { turn_id: "t", reason: "interrupted" })).toMatchObject([
    { outcome: "interrupted", error: null },
  ]);
  expect(event("turn_aborted", { turn_id: "t", reason: "replaced" })).toMatchObject([
    { outcome: "interrupted", error: "replaced" },
  ]);
  expect(event("thread_rolled_back", { num_turns: 2 })).toMatchObject([{ kind: "mark", mark: "rollback", count: 2 }]);
  expect(event("undo_completed", { success: true, message: "undone" })).toMatchObject([
    { mark: "undo", detail: "undone" },
  ]);
  expect(event("stream_error", { message: "retrying" })).toMatchObject([{ mark: "stream_error", detail: "retrying" }]);
  expect(event("error", { message: "m", codex_error_info: "usage_limit_exceeded" })).toMatchObject([
    { mark: "error", detail: "usage_limit_exceeded: m" },
  ]);
  expect(event("exec_approval_request", { call_id: "c", command: ["ls"] })).toMatchObject([
    { mark: "approval_asked", callId: "c", detail: "exec" },
  ]);
  const plan = {
    plan: [
      { step: "fix", status: "completed" },
      { step: "test", status: "pending" },
    ],
  };
  const call = { type: "function_call", name: "update_plan", call_id: "p", arguments: JSON.stringify(plan) };
  expect(read("response_item", call)).toMatchObject([
    { kind: "call_started", tool: "update_plan" },
    { mark: "plan_update", count: 2, callId: "p" },
  ]);
});

test("[TRC-1] an error that is an object is known by its word", () => {
  const error = { message: "m", codex_error_info: { response_too_many_failed_attempts: { http_status_code: 429 } } };
  expect(event("task_complete", { turn_id: "t", error })).toMatchObject([
    { outcome: "failed", error: "response_too_many_failed_attempts" },
  ]);
});

test("[TRC-1] a permission profile tells the sandbox where its old word is missing", () => {
  const managed = (access: string): unknown => ({
    type: "managed",
    file_system: { entries: [{ access: "read" }, { access }] },
  });
  const sandboxOf = (profile: unknown): unknown =>
    read("turn_context", { turn_id: "t", model: "m", permission_profile: profile })[0];
  expect(sandboxOf({ type: "disabled" })).toMatchObject({ sandbox: "danger-full-access" });
  expect(sandboxOf(managed("write"))).toMatchObject({ sandbox: "workspace-write" });
  expect(sandboxOf(managed("read"))).toMatchObject({ sandbox: "read-only" });
});

test("[TRC-1] shells and searches with call types of their own are calls", () => {
  const shell = {
    type: "local_shell_call",
    call_id: "s",
    status: "completed",
    action: { type: "exec", command: ["ls", "-la"] },
  };
  expect(read("response_item", shell)).toMatchObject([
    { kind: "call_started", tool: "local_shell", family: "ls", input: "ls -la" },
  ]);
  const search = {
    type: "web_search_call",
    id: "ws_1",
    status: "completed",
    action: { type: "search", query: "rust" },
  };
  expect(read("response_item", search)).toMatchObject([
    { kind: "call_item", callId: "ws_1", tool: "web_search", input: "rust" },
  ]);
  expect(read("response_item", { ...search, id: undefined })).toMatchObject([{ kind: "ignored" }]);
});
