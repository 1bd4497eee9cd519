import { expect, test } from "vitest";
import {
  answers,
  call,
  message,
  patches,
  runs,
  runsCell,
  says,
  spawnsAgent,
  waitsForAgent,
} from "../fakes/model-server/turns.ts";
import { openAttempt } from "./codex-attempt.ts";

test("[RUN-1] an unknown model gets the shell tool and Codex's warning that it does not know it", async () => {
  await using attempt = await openAttempt([runs("call_1", "echo here"), says("ok", { saw: ["here"] })], {
    options: { model: "somebody-elses-model" },
  });
  expect((await attempt.session.turn("Go.")).kind).toBe("completed");
  expect(attempt.heard("call_ended")).toMatchObject([{ callId: "call_1", ok: true }]);
  expect(attempt.heard("warned").some(({ text }) => text.includes("somebody-elses-model"))).toBe(true);
  expect(attempt.model.requests[0]?.body).toMatchObject({ model: "somebody-elses-model" });
});

test("[RUN-1] a code cell of Codex's own choice of model tells of itself and of the calls inside it", async () => {
  const cell = `
    const ran = await tools.exec_command({ cmd: "echo hi; sleep 0.3; exit 2" });
    await tools.apply_patch("*** Begin Patch\\n*** Add File: b.txt\\n+x\\n*** End Patch\\n");
    text(JSON.stringify(ran));`;
  await using attempt = await openAttempt([runsCell("call_cell", cell), says("ok", { saw: ["Script completed"] })], {
    options: { model: null },
  });
  expect((await attempt.session.turn("Go.")).kind).toBe("completed");
  const started = attempt.heard("call_started");
  expect(started.map(({ tool }) => tool)).toEqual(["exec", "exec_command", "apply_patch"]);
  expect(started[1]?.input).toBe("echo hi; sleep 0.3; exit 2");
  const ended = attempt.heard("call_ended").map(({ callId, ok, exitCode }) => ({ callId, ok, exitCode }));
  expect(ended).toEqual([
    { callId: started[1]?.callId, ok: false, exitCode: 2 },
    { callId: started[2]?.callId, ok: true, exitCode: null },
    { callId: "call_cell", ok: true, exitCode: null },
  ]);
  expect(await attempt.file("b.txt")).toBe("x\n");
});

test("[RUN-1] a sub-agent's calls are told, its messages and turns are not taken for the attempt's", async () => {
  await using attempt = await openAttempt([
    spawnsAgent("call_spawn", "Count the files."),
    waitsForAgent("call_wait"),
    runs("call_child", "ls | wc -l", { who: "sub", saw: ["Count the files."] }),
    says("one file", { who: "sub" }),
    says("The helper says: one file.", { saw: ["one file"] }),
  ]);
  const end = await attempt.session.turn("Ask a helper.");
  expect(end).toEqual({ kind: "completed", lastMessage: "The helper says: one file." });
  expect(attempt.heard("call_started").map(({ callId }) => callId)).toEqual(["call_spawn", "call_wait", "call_child"]);
  expect(attempt.heard("call_ended").every(({ ok }) => ok)).toBe(true);
  expect(attempt.heard("turn_started")).toHaveLength(1);
  expect(attempt.heard("said").map(({ text }) => text)).toEqual(["The helper says: one file."]);
  expect(attempt.model.requests.map(({ who }) => who).toSorted()).toEqual(["main", "main", "main", "sub", "sub"]);
});

test("[RUN-1] a compaction is told and the turn goes on after it", async () => {
  const long = { input: 260_000 };
  await using attempt = await openAttempt([
    runs("call_1", "echo one", { usage: long }),
    says("SUMMARY", { who: "compaction", saw: ["one"] }),
    says("done", { saw: ["SUMMARY"] }),
  ]);
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "done" });
  expect(attempt.heard("compacted")).toHaveLength(1);
  expect(attempt.heard("said").map(({ text }) => text)).toEqual(["done"]);
});

test("[RUN-1] a patch that does not fit, an unknown tool and a plan in one answer: each call ends", async () => {
  await using attempt = await openAttempt([
    patches("call_bad", ["*** Update File: README.md", "@@", "-nothing like this", "+x"]),
    answers([message("I try more."), call("no_such_tool", "call_unknown", {})], { saw: ["verification failed"] }),
    says("ok", { saw: ["unsupported call"] }),
  ]);
  expect((await attempt.session.turn("Go.")).kind).toBe("completed");
  expect(attempt.heard("call_ended")).toMatchObject([
    { callId: "call_bad", ok: false },
    { callId: "call_unknown", ok: false },
  ]);
  expect(await attempt.file("README.md")).toBe("# scratch\n");
});

test("[RUN-10] a session that may only read cannot write the work tree", async () => {
  await using attempt = await openAttempt(
    [runs("call_1", "echo x > new.txt"), says("no", { saw: ["Read-only file system"] })],
    {
      options: { readOnly: true },
    },
  );
  expect((await attempt.session.turn("Write.")).kind).toBe("completed");
  expect(await attempt.file("new.txt")).toBeNull();
});

test("[RUN-1] the role's instructions and the task reach the model, and a second turn goes on in the same thread", async () => {
  await using attempt = await openAttempt([
    says("first", { saw: ["You mend small repositories.", "Do one thing."] }),
    says("second", { saw: ["Do one thing.", "Do another."] }),
  ]);
  expect(await attempt.session.turn("Do one thing.")).toMatchObject({ lastMessage: "first" });
  expect(await attempt.session.turn("Do another.")).toMatchObject({ lastMessage: "second" });
  const [one, two] = attempt.model.requests;
  expect(one?.threadId).toBe(attempt.session.sessionId);
  expect(two?.threadId).toBe(attempt.session.sessionId);
});
