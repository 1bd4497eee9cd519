import { expect, test } from "vitest";
import { callInput } from "./call-input.ts";
import { toolName } from "./tool-name.ts";

test("[TRC-6] a shell call is its command line, in whichever form the version asks", () => {
  const expected = { input: "npm test", family: "npm test", escalated: false, process: null, changes: [] };
  expect(callInput("exec_command", '{"cmd":"npm test"}')).toMatchObject(expected);
  expect(callInput("shell_command", '{"command":"npm test"}')).toMatchObject(expected);
  expect(callInput("shell", '{"command":["bash","-lc","npm test"]}')).toMatchObject(expected);
  expect(callInput("shell", '{"command":["npm","test"]}')).toMatchObject(expected);
  expect(callInput("exec_command", '{"cmd": 12')).toMatchObject({ input: '{"cmd": 12', family: "exec_command" });
});

test("[TRC-6] a call that asks to leave the sandbox says so, in both spellings", () => {
  expect(callInput("exec_command", '{"cmd":"git commit","sandbox_permissions":"require_escalated"}').escalated).toBe(
    true,
  );
  expect(callInput("shell", '{"command":["git","commit"],"with_escalated_permissions":true}').escalated).toBe(true);
  expect(callInput("exec_command", '{"cmd":"git commit","sandbox_permissions":"use_default"}').escalated).toBe(false);
});

test("[TRC-6] a poll names the process or the cell it speaks to", () => {
  expect(callInput("write_stdin", '{"session_id":32842,"chars":"hello\\n"}')).toMatchObject({
    process: "32842",
    input: "hello\n",
  });
  expect(callInput("wait", '{"cell_id":"66"}')).toMatchObject({ process: "cell 66", family: "wait" });
});

test("[TRC-6] tools of servers are named by server and tool, in every version's spelling", () => {
  expect(toolName("echo", "mcp__stub")).toBe("mcp stub.echo");
  expect(toolName("mcp__stub__echo", null)).toBe("mcp stub.echo");
  expect(toolName("stub__echo", null)).toBe("mcp stub.echo");
  expect(toolName("spawn_agent", "multi_agent_v1")).toBe("spawn_agent");
});
