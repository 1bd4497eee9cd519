import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { deny, grant } from "../../src/loop/decide-approval.ts";
import { approveIdea, cancelIdea, pauseIdea, resumeIdea } from "../../src/loop/operate-idea.ts";
import { cancelRun, replayRun } from "../../src/loop/operate-run.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import type { ApprovalId } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { askApproval, type Question } from "../../src/store/approvals/ask-approval.ts";
import { getApproval } from "../../src/store/approvals/get-approval.ts";
import { getAttempt } from "../../src/store/attempts/get-attempt.ts";
import { putArtifact } from "../../src/store/artifacts/put-artifact.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { countRows } from "../../src/store/facts/count-rows.ts";
import { findIdeasOf, forgetIdeas } from "../../src/store/ideas/forget-ideas.ts";
import type { Store } from "../../src/store/store.ts";
import {
  ended,
  ending,
  ideaNow,
  plannedTask,
  queuedAttempt,
  runningAttempt,
  STAMP,
  taskNow,
  text,
} from "../fakes/delivery.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const HOUR = 3_600_000;

async function ask(store: Store, attempt: Attempt, change: Partial<Question> = {}): Promise<ApprovalId> {
  const question: Question = {
    ideaId: attempt.ideaId,
    taskId: attempt.taskId,
    attemptId: attempt.id,
    action: "command",
    subject: text("git push"),
    reason: text(""),
    contentHash: change.action ?? "command",
    head: null,
    rule: null,
    callId: null,
    expiresAt: instantOf(SUITE_START + HOUR),
    ...change,
  };
  return (await store.write(STAMP, (tx) => askApproval(tx, question))).id;
}

const states = async (store: Store, { ideaId, taskId }: Attempt) =>
  store.read(async (reader) => [(await ideaNow(reader, ideaId)).state, (await taskNow(reader, taskId)).state]);

storeSuite("what an operator does", (open) => {
  test("[OPS-3] a run that has not begun is ended at once, one that runs is told, one that ended is a conflict", async () => {
    await using store = await open();
    const queued = await queuedAttempt(store, await plannedTask(store));
    const running = await runningAttempt(store, await plannedTask(store));
    const cancel = (id: string) => store.write(STAMP, (tx) => cancelRun(tx, id));
    expect(await cancel(queued.id)).toMatchObject({ ok: true, value: { state: "ended", outcome: "cancelled" } });
    expect(await cancel(running.id)).toMatchObject({
      ok: true,
      value: { state: "running", stop: "now", stopReason: "CANCELLED" },
    });
    expect(await cancel(queued.id)).toMatchObject({ ok: false, failure: { code: "conflict" } });
    expect(await cancel("nobody")).toMatchObject({ ok: false, failure: { code: "not_found" } });
  });

  test("[OPS-3] a replay lifts what failed or parked a task, by the run or by the task, and never twice at once", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const attempt = await runningAttempt(store, await plannedTask(store));
    const replay = (id: string) => store.write(STAMP, (tx) => replayRun(tx, id));
    expect(await replay(attempt.id)).toMatchObject({ ok: false, failure: { code: "conflict", retry: "later" } });
    await ended(store, attempt, ending("failed", "ACCEPTANCE_COMMAND_FAILED"));
    expect(await states(store, attempt)).toEqual(["failed", "failed"]);
    clock.advance(1000);
    expect(await replay(attempt.id)).toEqual({ ok: true, value: attempt.taskId });
    expect(await states(store, attempt)).toEqual(["running_tasks", "ready"]);
    const again = await runningAttempt(store, await store.read((reader) => taskNow(reader, attempt.taskId)));
    await ended(store, again, ending("capped", "CAP_TOKENS"));
    expect(await replay(attempt.taskId)).toEqual({ ok: true, value: attempt.taskId });
    expect(await states(store, attempt)).toEqual(["running_tasks", "ready"]);
    expect(await replay("nobody")).toMatchObject({ ok: false, failure: { code: "not_found" } });
  });

  test("[RUN-12] a paused idea goes on where it was, and a resumed one tries again what parked it", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    const pause = () => store.write(STAMP, (tx) => pauseIdea(tx, attempt.ideaId));
    const resume = () => store.write(STAMP, (tx) => resumeIdea(tx, attempt.ideaId));
    expect(await resume()).toMatchObject({ ok: false, failure: { code: "conflict" } });
    expect(await pause()).toMatchObject({ ok: true, value: { state: "paused", stateBefore: "running_tasks" } });
    expect(await resume()).toMatchObject({ ok: true, value: { state: "running_tasks" } });
    await ended(store, attempt, ending("capped", "CAP_MINUTES"));
    expect(await states(store, attempt)).toEqual(["blocked", "parked"]);
    expect(await resume()).toMatchObject({ ok: true, value: { state: "running_tasks" } });
    expect(await states(store, attempt)).toEqual(["running_tasks", "ready"]);
  });

  test("[OPS-3] a cancelled idea ends its runs at once, takes its questions back and stays cancelled", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    const approval = await ask(store, attempt);
    const cancel = () => store.write(STAMP, (tx) => cancelIdea(tx, attempt.ideaId));
    expect(await cancel()).toMatchObject({ ok: true, value: { state: "cancelled" } });
    expect(await states(store, attempt)).toEqual(["cancelled", "cancelled"]);
    const stopped = await store.read((reader) => getAttempt(reader, attempt.id));
    expect(stopped).toMatchObject({ state: "running", stop: "now" });
    const voided = await store.write(STAMP, (tx) => grant(tx, { id: approval, reason: null }));
    expect(voided).toMatchObject({ ok: false, failure: { code: "conflict" } });
    await ended(store, attempt, ending("cancelled", "CANCELLED"));
    expect(await states(store, attempt)).toEqual(["cancelled", "cancelled"]);
    expect(await cancel()).toMatchObject({ ok: false, failure: { code: "conflict" } });
  });

  test("[RUN-7] a denial needs a reason, a question of the agent's needs words, and an answer is given once", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    const command = await ask(store, attempt);
    const input = await ask(store, attempt, { action: "input" });
    const said = (id: string, reason: string | null) => ({ id, reason: reason === null ? null : text(reason) });
    expect(await store.write(STAMP, (tx) => deny(tx, said(command, null)))).toMatchObject({
      ok: false,
      failure: { code: "usage" },
    });
    expect(await store.write(STAMP, (tx) => deny(tx, said(command, "not yet")))).toMatchObject({
      ok: true,
      value: { state: "denied", decidedBy: "person", decidedReason: "not yet" },
    });
    expect(await store.write(STAMP, (tx) => grant(tx, said(command, "after all")))).toMatchObject({
      ok: false,
      failure: { code: "conflict" },
    });
    expect(await store.write(STAMP, (tx) => grant(tx, said(input, null)))).toMatchObject({
      ok: false,
      failure: { code: "usage" },
    });
    expect(await store.write(STAMP, (tx) => grant(tx, said(input, "postgres")))).toMatchObject({
      ok: true,
      value: { state: "granted", answer: { answer: "postgres" } },
    });
  });

  test("[OPS-3] approving an idea says yes to its change and to nothing else an agent asks", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    const command = await ask(store, attempt);
    const approve = () => store.write(STAMP, (tx) => approveIdea(tx, { id: attempt.ideaId, reason: text("fine") }));
    expect(await approve()).toMatchObject({
      ok: false,
      failure: { code: "conflict", cause: "Its agent asks something else." },
    });
    const change = await ask(store, attempt, { action: "change" });
    expect(await approve()).toMatchObject({ ok: true });
    const found = await store.read(async (reader) => [
      (await getApproval(reader, command))?.state,
      (await getApproval(reader, change))?.state,
    ]);
    expect(found).toEqual(["asked", "granted"]);
  });

  test("[JOB-5] a forgotten idea leaves nothing but its events, and files that another idea left too are kept", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store, { origin: "demo" }));
    const other = await runningAttempt(store, await plannedTask(store));
    const file = (name: "patch.diff" | "test.log", sha256: string) => ({ name, sha256, bytes: 1, redaction: 1 });
    await store.write(STAMP, async (tx) => {
      await putArtifact(tx, { attemptId: attempt.id, ...file("patch.diff", "own") });
      await putArtifact(tx, { attemptId: attempt.id, ...file("test.log", "shared") });
      await putArtifact(tx, { attemptId: other.id, ...file("test.log", "shared") });
    });
    await ask(store, attempt);
    const before = (await store.read((reader) => readEvents(reader, { limit: 1000 }))).length;
    const forgotten = await store.write(STAMP, async (tx) => forgetIdeas(tx, await findIdeasOf(tx, "demo")));
    expect(forgotten).toEqual({ ideas: 1, attempts: 1, hashes: ["own"] });
    const tables = ["ideas", "plans", "tasks", "attempts", "artifacts"] as const;
    for (const table of tables)
      expect([table, await store.read((reader) => countRows(reader, table))]).toEqual([table, 1]);
    expect(await store.read((reader) => countRows(reader, "approvals"))).toBe(0);
    expect(await store.read((reader) => readEvents(reader, { limit: 1000 }))).toHaveLength(before);
    expect(await store.write(STAMP, async (tx) => forgetIdeas(tx, await findIdeasOf(tx, "demo")))).toEqual({
      ideas: 0,
      attempts: 0,
      hashes: [],
    });
  });
});
