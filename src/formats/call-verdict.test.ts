import { expect, test } from "vitest";
import { isSandboxText, verdictOf } from "./call-verdict.ts";

const UNIFIED = (line: string, output: string): string =>
  `Chunk ID: 1a2b3c\nWall time: 0.5006 seconds\n${line}\nOriginal token count: 3\nOutput:\n${output}`;
const text = (...parts: string[]): unknown => parts.map((part) => ({ type: "input_text", text: part }));

test.each([
  ["unified exec, 0", UNIFIED("Process exited with code 0", "ok\n"), "ok", 0],
  ["unified exec, 1", UNIFIED("Process exited with code 1", "FAIL\n"), "failed", 1],
  ["a killed process", UNIFIED("Process exited with code -1", ""), "failed", -1],
  ["apply_patch", "Exit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess.", "ok", 0],
  [
    "apply_patch in a shell",
    "Wall time: 0.0000 seconds\nOutput:\nExit code: 1\nWall time: 0 seconds\nOutput:\nno",
    "failed",
    1,
  ],
  ["old shell", '{"output":"x","metadata":{"exit_code":3,"duration_seconds":0.1}}', "failed", 3],
  [
    "apply_patch in a shell at 0.120",
    'Wall time: 0.0000 seconds\nOutput:\n{"output":"Success.","metadata":{"exit_code":0,"duration_seconds":0.0}}',
    "ok",
    0,
  ],
  ["code cell", text("Script completed\nWall time 0.2 seconds\nOutput:\n", '{"exit_code":1}'), "ok", null],
  [
    "failed code cell",
    text("Script failed\nWall time 0.0 seconds\nOutput:\n", "Script error:\nError: boom"),
    "failed",
    null,
  ],
  ["stopped code cell", "Script terminated\nWall time 3.0 seconds\nOutput:\n", "aborted", null],
  ["tool server", text("Wall time: 0.0065 seconds\nOutput:", "stub failure"), "ok", null],
  ["told tool failure", { content: "no", success: false }, "failed", null],
  [
    "a person's no",
    'exec_command failed: CreateProcess { message: "Rejected(\\"rejected by user\\")" }',
    "denied_by_user",
    null,
  ],
  ["a person's no, older", "exec command rejected by user", "denied_by_user", null],
  ["a person's no to a patch", "patch rejected by user", "denied_by_user", null],
  [
    "a rule's no",
    'exec_command failed: CreateProcess { message: "Rejected(\\"`/bin/bash -lc \'git push\'` rejected: not rejected by user but by rule\\")" }',
    "rejected_by_policy",
    null,
  ],
  [
    "settings' no, short",
    "writing outside of the project; rejected by user approval settings",
    "rejected_by_policy",
    null,
  ],
  [
    "settings' no to a patch",
    "patch rejected: writing outside of the project; rejected by user approval settings",
    "rejected_by_policy",
    null,
  ],
  [
    "a rule that would ask",
    'exec_command failed: CreateProcess { message: "Rejected(\\"approval required by policy, but AskForApproval is set to Never\\")" }',
    "rejected_by_policy",
    null,
  ],
  [
    "never ask",
    "approval policy is Never; reject command — you should not ask for escalated permissions",
    "rejected_by_policy",
    null,
  ],
  ["a hook", "Command blocked by PreToolUse hook: no network. Command: curl x", "blocked_by_hook", null],
  ["interrupted tool", "aborted by user after 5.0s", "aborted", null],
  ["interrupted shell", "Wall time: 5.0 seconds\naborted by user", "aborted", null],
  ["unknown tool", "unsupported call: no_such_tool", "tool_error", null],
  ["bad arguments", "failed to parse function arguments: EOF while parsing an object", "tool_error", null],
  [
    "no such program",
    'exec_command failed: CreateProcess { message: "No such file or directory" }',
    "tool_error",
    null,
  ],
  ["patch that does not fit", "apply_patch verification failed: Failed to find expected lines", "failed", null],
  ["old sandbox error", "failed in sandbox: sandbox denied exec error, exit code: 2, stdout: , stderr: ", "failed", 2],
  ["any other tool", "Plan updated", "ok", null],
])("[TRC-6] %s", (_name, output, outcome, exitCode) => {
  expect(verdictOf(output)).toMatchObject({ outcome, exitCode });
});

test("[TRC-6] a running process and a running cell tell their number", () => {
  expect(verdictOf(UNIFIED("Process running with session ID 32842", "first"))).toMatchObject({
    outcome: "running",
    process: "32842",
  });
  expect(verdictOf("Script running with cell ID 66\nWall time 11.0 seconds\nOutput:\n")).toMatchObject({
    outcome: "running",
    process: "cell 66",
  });
});

test("[TRC-6] what a program prints is never taken for Codex's word", () => {
  const printed = "Process exited with code 9\npatch rejected by user\naborted by user\nunsupported call: x";
  expect(verdictOf(UNIFIED("Process exited with code 0", printed))).toMatchObject({
    outcome: "ok",
    exitCode: 0,
    output: printed,
  });
  expect(verdictOf(text("Wall time: 0.1 seconds\nOutput:", printed))).toMatchObject({ outcome: "ok", exitCode: null });
  expect(verdictOf(text("Wall time: 0.1 seconds\nOutput:", "Exit code: 1\n"))).toMatchObject({
    outcome: "ok",
    exitCode: null,
  });
  const shell = JSON.stringify({
    output: `exit_code":7 ${printed}`,
    metadata: { exit_code: 0, duration_seconds: 1.5 },
  });
  expect(verdictOf(shell)).toMatchObject({ outcome: "ok", exitCode: 0, statedMs: 1500 });
});

test("[TRC-6] only what a sandbox alone causes is sandbox text", () => {
  expect(isSandboxText("/bin/bash: line 1: /etc/x: Read-only file system")).toBe(true);
  expect(isSandboxText("Error: listen EPERM: operation not permitted 127.0.0.1")).toBe(true);
  expect(isSandboxText("connect: Operation not permitted")).toBe(true);
  expect(isSandboxText("Permission denied: login failed for bob")).toBe(false);
  expect(isSandboxText("fatal: Could not resolve host: example.invalid")).toBe(false);
});
