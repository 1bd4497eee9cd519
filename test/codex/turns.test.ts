import { expect, test } from "vitest";
import { patches, runs, says } from "../fakes/model-server/turns.ts";
import { AGENT_TOKEN, openAttempt } from "./codex-attempt.ts";

test("[RUN-1] a turn of commands and a patch is told as it happens and ends with the last message", async () => {
  await using attempt = await openAttempt([
    runs("call_1", "cat README.md"),
    patches("call_2", ["*** Add File: a.txt", "+hello"], { saw: ["# scratch"] }),
    says("Added a.txt."),
  ]);
  const end = await attempt.session.turn("Add a file.");
  expect(end).toEqual({ kind: "completed", lastMessage: "Added a.txt." });
  expect(await attempt.file("a.txt")).toBe("hello\n");
  expect(attempt.events.filter(({ kind }) => kind !== "diff" && kind !== "session")).toEqual([
    { kind: "turn_started" },
    { kind: "call_started", callId: "call_1", tool: "exec_command", input: "cat README.md" },
    { kind: "call_ended", callId: "call_1", tool: "exec_command", exitCode: 0, ok: true },
    { kind: "call_started", callId: "call_2", tool: "apply_patch", input: expect.stringContaining("+hello") },
    { kind: "call_ended", callId: "call_2", tool: "apply_patch", exitCode: null, ok: true },
    { kind: "said", text: "Added a.txt." },
    { kind: "turn_ended" },
  ]);
  expect(attempt.heard("diff").map(({ diff }) => diff)).toEqual([expect.stringContaining("+hello")]);
  expect(attempt.heard("session")[0]).toMatchObject({ sessionId: attempt.session.sessionId });
  expect(attempt.model.requests.map(({ headers }) => headers.authorization)).toEqual(
    attempt.model.requests.map(() => `Bearer ${AGENT_TOKEN}`),
  );
  expect(attempt.model.billed).toHaveLength(3);
});

test("[RUN-1] a failing command is an ended call and not a failed turn, also where Codex makes no item of it", async () => {
  await using attempt = await openAttempt([
    runs("call_quick", "echo x > /etc/nope"),
    runs("call_slow", "sleep 0.3; exit 7"),
    says("Both failed.", { saw: ["Read-only file system", "exited with code 7"] }),
  ]);
  const end = await attempt.session.turn("Fail.");
  expect(end.kind).toBe("completed");
  expect(attempt.heard("call_started").map(({ callId }) => callId)).toEqual(["call_quick", "call_slow"]);
  expect(attempt.heard("call_ended")).toMatchObject([
    { callId: "call_quick", exitCode: 1, ok: false },
    { callId: "call_slow", exitCode: 7, ok: false },
  ]);
});
