import { expect, test } from "vitest";
import type { Answer } from "../../model/ask.ts";
import { mustInterrupt, replyTo } from "./ask-answer.ts";
import { readAsk } from "./read-ask.ts";

const COMMAND = "item/commandExecution/requestApproval";
const PATCH = "item/fileChange/requestApproval";
const PERMISSIONS = "item/permissions/requestApproval";
const INPUT = "item/tool/requestUserInput";
const ELICITATION = "mcpServer/elicitation/request";
const where = { threadId: "t", turnId: "u", itemId: "c" };

test("[RUN-7] the same question has the same key, and two parts of one command have two", () => {
  const ask = (approvalId: string | null): string | undefined =>
    readAsk(COMMAND, { ...where, approvalId, command: "bash -lc 'a && b'" }, null)?.key;
  expect(ask(null)).toBe("command/t/c");
  expect(ask("p1")).toBe("command/t/c/p1");
  expect(ask("p1")).not.toBe(ask("p2"));
});

test("[RUN-7] a command that asks for a host of the network asks for a permission", () => {
  const params = { ...where, command: "curl x", networkApprovalContext: { host: "example.org", protocol: "https" } };
  expect(readAsk(COMMAND, params, null)).toMatchObject({
    action: "permissions",
    subject: 'network: {"host":"example.org","protocol":"https"}',
  });
});

test("[RUN-7] a patch names all its paths, both ends of a move and a root that is to be opened", () => {
  const item = {
    changes: [
      { path: "/r/a", kind: { type: "update", move_path: "/r/b" }, diff: "@@\n-x\n+y\n" },
      { path: "/r/c", kind: { type: "delete" }, diff: "gone" },
    ],
  };
  expect(readAsk(PATCH, { ...where, reason: null, grantRoot: "/other" }, item)).toEqual({
    key: "patch/t/c",
    action: "patch",
    subject: "/r/a → /r/b\n@@\n-x\n+y\n\n/r/c\ngone\nand to write below /other from now on",
    paths: ["/r/a", "/r/b", "/r/c", "/other"],
    reason: "",
    callId: "c",
  });
});

test("[RUN-7] a patch whose item was never seen is asked for without paths, not granted for want of them", () => {
  expect(readAsk(PATCH, where, undefined)).toMatchObject({ action: "patch", subject: "", paths: [] });
});

test("[RUN-7] a server's elicitation is a question", () => {
  const params = { threadId: "t", turnId: null, serverName: "tracker", mode: "form", message: "Which project?" };
  expect(readAsk(ELICITATION, params, null)).toMatchObject({
    action: "input",
    subject: "tracker asks: Which project?",
  });
});

test("[RUN-1] other requests of the server ask nobody anything", () => {
  for (const method of ["item/tool/call", "execCommandApproval", "currentTime/read"])
    expect(readAsk(method, where, null)).toBeNull();
});

const granted: Answer = { kind: "granted", by: "person", answers: { q: "blue" } };
const denied: Answer = { kind: "denied", by: "policy", reason: "no" };
const expired: Answer = { kind: "expired" };
const wanted = { permissions: { network: { enabled: true }, fileSystem: null } };

test.each([
  [COMMAND, {}, granted, { decision: "accept" }],
  [COMMAND, {}, denied, { decision: "decline" }],
  [PATCH, {}, expired, { decision: "cancel" }],
  [PATCH, {}, { kind: "void" }, { decision: "cancel" }],
  [PERMISSIONS, wanted, granted, { permissions: { network: { enabled: true } }, scope: "turn" }],
  [PERMISSIONS, wanted, denied, { permissions: {}, scope: "turn" }],
  [INPUT, {}, granted, { answers: { q: { answers: ["blue"] } } }],
  [INPUT, {}, denied, { answers: {} }],
  [ELICITATION, {}, granted, { action: "accept", content: { q: "blue" }, _meta: null }],
  [ELICITATION, {}, denied, { action: "decline", content: null, _meta: null }],
  [ELICITATION, {}, expired, { action: "cancel", content: null, _meta: null }],
] as const)("[RUN-7] the reply to %s", (method, params, answer, reply) => {
  expect(replyTo(method, params, answer)).toEqual(reply);
});

test("[RUN-7] where the reply has no word for it, an ask without an answer interrupts the turn", () => {
  expect([COMMAND, PATCH, PERMISSIONS, INPUT].map((method) => mustInterrupt(method, expired))).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect([PERMISSIONS, INPUT].map((method) => mustInterrupt(method, denied))).toEqual([false, false]);
});
