import { access, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Answer } from "../../src/model/ask.ts";
import { answers, asksToRun, call, patches, says } from "../fakes/model-server/turns.ts";
import { openAttempt } from "./codex-attempt.ts";

const GRANTED: Answer = { kind: "granted", by: "person" };

function denied(reason: string): Answer {
  return { kind: "denied", by: "person", reason };
}

const commit = asksToRun("call_ask", { command: "git tag 'it''s' && git tag x", why: "May I tag?" });

test("[RUN-7] a command that wants out of the sandbox is asked for as it stands, and runs when granted", async () => {
  await using attempt = await openAttempt([commit, says("tagged", { saw: ["exited with code 0"] })], {
    answer: () => GRANTED,
  });
  expect((await attempt.session.turn("Tag.")).kind).toBe("completed");
  expect(attempt.asks).toEqual([
    {
      key: `command/${attempt.session.sessionId}/call_ask`,
      action: "command",
      subject: "git tag 'it''s' && git tag x",
      command: ["/bin/bash", "-lc", "git tag 'it''s' && git tag x"],
      cwd: attempt.repository,
      reason: "May I tag?",
      callId: "call_ask",
    },
  ]);
  await access(join(attempt.repository, ".git/refs/tags/x"));
});

test("[RUN-7] a denial does not run, and its reason reaches the agent in the same turn", async () => {
  await using attempt = await openAttempt(
    [commit, says("understood", { saw: ["rejected by user", "tags are made by people"] })],
    {
      answer: () => denied("tags are made by people"),
    },
  );
  expect(await attempt.session.turn("Tag.")).toEqual({ kind: "completed", lastMessage: "understood" });
  expect(attempt.heard("call_ended")).toMatchObject([{ callId: "call_ask", ok: false, exitCode: null }]);
  await expect(access(join(attempt.repository, ".git/refs/tags/x"))).rejects.toThrow("ENOENT");
});

test.each(["expired", "void"] as const)(
  "[RUN-7] an ask that is %s ends the turn, and the command never runs",
  async (kind) => {
    await using attempt = await openAttempt([commit], { answer: () => ({ kind }) });
    expect(await attempt.session.turn("Tag.")).toEqual({ kind: "interrupted" });
    await expect(access(join(attempt.repository, ".git/refs/tags/x"))).rejects.toThrow("ENOENT");
  },
);

test("[RUN-7] a patch outside the work tree is asked for with its paths and text", async () => {
  const { promise: outside, resolve } = Promise.withResolvers<string>();
  await using attempt = await openAttempt([], {
    answer: async ({ paths = [] }) => (paths[0] === (await outside) ? GRANTED : denied("no")),
  });
  const [yes, no] = ["yes.txt", "no.txt"].map((name) => `/var/tmp/${attempt.mark}-${name}`);
  onTestFinished(() => rm(String(yes), { force: true }));
  resolve(String(yes));
  attempt.model.add(
    patches("call_yes", [`*** Add File: ${yes}`, "+granted"]),
    patches("call_no", [`*** Add File: ${no}`, "+denied"], { saw: ["Success. Updated the following files"] }),
    says("ok", { saw: ["patch rejected by user"] }),
  );
  expect((await attempt.session.turn("Write outside.")).kind).toBe("completed");
  expect(attempt.asks).toMatchObject([
    { action: "patch", paths: [yes], callId: "call_yes", subject: `${yes}\ngranted\n` },
    { action: "patch", paths: [no], callId: "call_no" },
  ]);
  expect(await readFile(String(yes), "utf8")).toBe("granted\n");
  await expect(access(String(no))).rejects.toThrow("ENOENT");
});

test("[RUN-7] a wish for permissions is asked for as a whole and granted for the turn only", async () => {
  const wish = { reason: "I need the network", permissions: { network: { enabled: true } } };
  await using attempt = await openAttempt(
    [
      answers([call("request_permissions", "call_1", wish)]),
      answers([call("request_permissions", "call_2", wish)], { saw: ['"network":{"enabled":true}', '"scope":"turn"'] }),
      says("ok"),
    ],
    {
      answer: ({ callId }) => (callId === "call_1" ? GRANTED : denied("not twice")),
      program: { features: ["request_permissions_tool"] },
    },
  );
  expect((await attempt.session.turn("Ask.")).kind).toBe("completed");
  expect(attempt.asks[0]).toMatchObject({
    action: "permissions",
    subject: '{"fileSystem":null,"network":{"enabled":true}}',
    reason: "I need the network",
    callId: "call_1",
  });
  expect(attempt.asks.map(({ key }) => key).filter((key, at, all) => all.indexOf(key) === at)).toHaveLength(2);
  expect(attempt.model.requests.at(-1)?.text).toContain("not twice");
});

const question = {
  id: "colour",
  header: "Colour",
  question: "Which?",
  options: [
    { label: "red", description: "" },
    { label: "blue", description: "" },
  ],
};

test("[RUN-7] a question to people carries its choices, and the answer reaches the agent", async () => {
  await using attempt = await openAttempt(
    [
      answers([call("request_user_input", "call_1", { questions: [question] })]),
      says("blue it is", { saw: ['"answers":["blue"]'] }),
    ],
    {
      answer: () => ({ ...GRANTED, answers: { colour: "blue" } }),
      program: { features: ["default_mode_request_user_input"] },
    },
  );
  expect((await attempt.session.turn("Ask.")).kind).toBe("completed");
  expect(attempt.asks).toMatchObject([
    { action: "input", subject: "Which?", questions: [{ id: "colour", text: "Which?", options: ["red", "blue"] }] },
  ]);
});

test("[RUN-7] a question that nobody answers in time ends the turn", async () => {
  await using attempt = await openAttempt(
    [answers([call("request_user_input", "call_1", { questions: [question] })])],
    {
      answer: () => ({ kind: "expired" }),
      program: { features: ["default_mode_request_user_input"] },
    },
  );
  expect(await attempt.session.turn("Ask.")).toEqual({ kind: "interrupted" });
  expect(attempt.asks).toHaveLength(1);
});

test("[RUN-7] an interrupt while a person is asked ends the turn at once; the answer that comes later does nothing", async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
  await using attempt = await openAttempt([commit, says("next turn", { saw: ["Go on."] })], {
    answer: () => {
      tellAsked();
      return promise;
    },
  });
  const turn = attempt.session.turn("Tag.");
  await asked;
  await attempt.session.interrupt();
  expect(await turn).toEqual({ kind: "interrupted" });
  resolve(GRANTED);
  expect((await attempt.session.turn("Go on.")).kind).toBe("completed");
  await expect(access(join(attempt.repository, ".git/refs/tags/x"))).rejects.toThrow("ENOENT");
});
