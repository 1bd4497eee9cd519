import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import { microDollarsOf } from "../../src/model/money.ts";
import { instantOf } from "../../src/model/time.ts";
import { askApproval } from "../../src/store/approvals/ask-approval.ts";
import { putArtifact } from "../../src/store/artifacts/put-artifact.ts";
import { verifyAttempt } from "../../src/store/attempts/verify-attempt.ts";
import { listLatestCaps } from "../../src/store/caps/list-latest-caps.ts";
import { openCap } from "../../src/store/caps/open-cap.ts";
import { putChange } from "../../src/store/changes/put-change.ts";
import { putChecks } from "../../src/store/checks/put-checks.ts";
import { eventTime } from "../../src/store/events/event-time.ts";
import { sumAttemptSpending } from "../../src/store/ledger/sum-attempt-spending.ts";
import { getPlan } from "../../src/store/plans/get-plan.ts";
import type { Store } from "../../src/store/store.ts";
import { capScopeOf } from "../../src/model/cap.ts";
import { idOf } from "../../src/model/ids.ts";
import { askedApprovals } from "../../src/views/asked-approvals.ts";
import { ideaDetail } from "../../src/views/idea.ts";
import { ideaRows } from "../../src/views/ideas.ts";
import { runDetail } from "../../src/views/run.ts";
import { runRows } from "../../src/views/runs.ts";
import { ended, ending, HEAD, plannedTask, runningAttempt, STAMP, text } from "../fakes/delivery.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const MINUTE = 60_000;
const pathOf = (sha256: string): string => `/files/${sha256}`;

/** One settled model request; money `null`: no price is known. */
async function spent(store: Store, { id, ideaId }: Attempt, usd: number | null): Promise<void> {
  const row = {
    id: `ledger-${id}-${String(usd)}`,
    attempt_id: id,
    idea_id: ideaId,
    payer: `attempt/${id}`,
    kind: "request",
    state: "settled",
    role: "executor",
    model: null,
    request_kind: "turn",
    thread_id: null,
    response_id: null,
    reserved_tokens: 0,
    reserved_usd: null,
    input: 90,
    cached_input: 0,
    output: 10,
    reasoning: 0,
    total: 100,
    usd: usd === null ? null : microDollarsOf(usd * 1_000_000),
    status: 200,
    error: null,
    provenance: "measured",
    at: instantOf(SUITE_START),
    settled_at: instantOf(SUITE_START),
  };
  await store.write(STAMP, (tx) => tx.db.insertInto("ledger").values(row).execute());
}

function asked(attempt: Attempt, expiresInMs: number) {
  const { ideaId, taskId, id: attemptId } = attempt;
  const subject = text("git push");
  const plain = { action: "command", subject, reason: text("to share it"), head: null, rule: "ask-push" } as const;
  const expiresAt = instantOf(SUITE_START + expiresInMs);
  return { ideaId, taskId, attemptId, ...plain, contentHash: "c".repeat(64), callId: "call_1", expiresAt };
}

storeSuite("views of runs", (open) => {
  test("[OPS-3] an idea that only waits shows its plan and tasks, and unknown for everything nobody counted", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const idea = await store.read((reader) => ideaDetail(reader, { id: task.ideaId, now: SUITE_START }));
    expect(idea).toMatchObject({
      ok: true,
      value: {
        id: task.ideaId,
        state: "plan_ready",
        plan: { source: "spec", hash: "1".repeat(64) },
        tasks: [{ id: task.id, number: 1, state: "ready" }],
        attempts: [],
        changes: [],
        spend: { tokens: null, usd: null, responses: 0, unpriced: 0 },
        simulated: false,
        waiting: 0,
      },
    });
    expect(await store.read((reader) => getPlan(reader, idOf.idea("nobody")))).toBeNull();
  });

  test("[OPS-3] a run shows what it did, cost, asked, changed and left, and what it did not leave with the reason", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const attempt = await runningAttempt(store, await plannedTask(store, { agent: "scripted", simulated: true }));
    const { id: attemptId, ideaId, taskId } = attempt;
    await spent(store, attempt, 0.5);
    clock.advance(4 * MINUTE);
    await store.write(STAMP, async (tx) => {
      await verifyAttempt(tx, { id: attemptId, fence: attempt.fence });
      const check = {
        name: "unit",
        command: ["npm", "test"],
        passed: false,
        exitCode: null,
        timedOut: true,
        seconds: 2.5,
      };
      await putChecks(tx, { attemptId, checks: [check], outputSha256: "0".repeat(64) });
      await putArtifact(tx, { attemptId, name: "patch.diff", sha256: "d".repeat(64), bytes: 10, redaction: 1 });
      await putArtifact(tx, { attemptId, name: "review.md", absent: "not_asked" });
      const where = { ideaId, taskId, attemptId, repository: "/repository", branch: "b", targetBranch: "main" };
      const what = {
        base: HEAD,
        head: "b".repeat(40),
        files: 1,
        lines: 2,
        diffSha256: "d".repeat(64),
        simulated: true,
      };
      await putChange(tx, { ...where, ...what });
    });
    const run = await store.read((reader) => runDetail(reader, { id: attemptId, now: clock.now(), pathOf }));
    expect(run).toMatchObject({
      ok: true,
      value: {
        id: attemptId,
        number: 1,
        agent: "scripted",
        state: "verifying",
        outcome: null,
        failure_code: null,
        session_id: null,
        tokens: 100,
        usd: 0.5,
        provenance: "simulated",
        simulated: true,
        title: "Greet people",
        repository: "/repository",
        phases: [
          { name: "queued", at: instantOf(SUITE_START) },
          { name: "running", at: instantOf(SUITE_START) },
          { name: "verifying", at: instantOf(SUITE_START + 4 * MINUTE) },
          { name: "ended", at: null },
        ],
        checks: [{ name: "unit", passed: false, exit_code: null, seconds: 2.5, timed_out: true, command: "npm test" }],
        artifacts: [
          { name: "patch.diff", sha256: "d".repeat(64), bytes: 10, path: `/files/${"d".repeat(64)}`, absent: null },
          { name: "review.md", sha256: null, bytes: null, path: null, absent: "not_asked" },
        ],
        change: { branch: "b", base: HEAD, files: 1, lines: 2, state: "local", simulated: true },
        session_known: false,
      },
    });
    const [idea] = await store.read((reader) => ideaRows(reader, { limit: 10, now: clock.now() }));
    expect(idea).toMatchObject({
      simulated: true,
      changes: [{ branch: "b" }],
      attempts: [{ id: attemptId, usd: 0.5 }],
    });
  });

  test("[OPS-3] one answer without a price makes the money unknown and leaves the tokens", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    await spent(store, attempt, 0.5);
    await spent(store, attempt, null);
    const [run] = await store.read((reader) => runRows(reader, { limit: 10, now: SUITE_START }));
    expect(run).toMatchObject({ tokens: 200, usd: null });
    const [idea] = await store.read((reader) => ideaRows(reader, { limit: 10, now: SUITE_START }));
    expect(idea?.spend).toEqual({ tokens: 200, usd: null, responses: 2, unpriced: 1, provenance: "measured" });
    const none = await store.read((reader) => sumAttemptSpending(reader, [idOf.attempt("nobody")]));
    expect(none.size).toBe(0);
  });

  test("[OPS-3] the time a run waits for a person is not its own, and a question past its time is expired", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const attempt = await runningAttempt(store, await plannedTask(store));
    clock.advance(2 * MINUTE);
    await store.write(STAMP, (tx) => askApproval(tx, asked(attempt, 30 * MINUTE)));
    const look = async () => {
      const [run] = await store.read((reader) => runRows(reader, { limit: 1, now: clock.now() }));
      const minutes = run?.caps.find(({ unit }) => unit === "minutes");
      return { waiting: run?.waiting, minutes: minutes?.spent, cap: minutes?.cap };
    };
    clock.advance(10 * MINUTE);
    expect(await look()).toEqual({ waiting: 1, minutes: 2, cap: 45 });
    const open10 = await store.read((reader) =>
      askedApprovals(reader, { state: "asked", now: instantOf(clock.now()) }),
    );
    expect(open10).toMatchObject([{ action: "command", subject: "git push", rule: "ask-push", title: "Greet people" }]);
    clock.advance(60 * MINUTE);
    expect((await look()).waiting).toBe(0);
    const now = instantOf(clock.now());
    expect(await store.read((reader) => askedApprovals(reader, { state: "asked", now }))).toEqual([]);
    const all = await store.read((reader) => askedApprovals(reader, { now }));
    expect(all.map(({ state }) => state)).toEqual(["expired"]);
  });

  test("[OPS-3] the start of an id is enough where only one begins so; else all that it could be are named", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const first = await runningAttempt(store, await plannedTask(store));
    clock.advance(1);
    const second = await runningAttempt(store, await plannedTask(store));
    const find = (id: string) => store.read((reader) => runDetail(reader, { id, now: clock.now(), pathOf }));
    expect(await find(first.id.slice(0, 24))).toMatchObject({ ok: true, value: { id: first.id } });
    expect(await find(first.id.slice(0, 8))).toMatchObject({
      ok: false,
      failure: { code: "usage", cause: `It could be ${first.id}, ${second.id}` },
    });
    expect(await find("nobody")).toMatchObject({ ok: false, failure: { code: "not_found" } });
    expect(await find("")).toMatchObject({ ok: false, failure: { code: "not_found" } });
  });

  test("[OPS-3] runs are listed from the latest, ended ones by how they ended", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const first = await runningAttempt(store, await plannedTask(store));
    await ended(store, first, ending("capped", "CAP_TOKENS"));
    clock.advance(MINUTE);
    const second = await runningAttempt(store, await plannedTask(store));
    const rows = await store.read((reader) => runRows(reader, { limit: 10, now: clock.now() }));
    expect(rows.map(({ id, outcome, failure_code }) => [id, outcome, failure_code])).toEqual([
      [second.id, null, null],
      [first.id, "capped", "CAP_TOKENS"],
    ]);
    expect(await store.read((reader) => eventTime(reader, { key: first.id, type: "attempt.ended" }))).toBe(
      instantOf(SUITE_START),
    );
    expect(await store.read((reader) => eventTime(reader, { key: second.id, type: "attempt.ended" }))).toBeNull();
  });

  test("[OPS-3] the caps that were spent from last come first", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const day = capScopeOf.day("2026-11-20");
    await store.write(STAMP, (tx) => openCap(tx, { scope: day, unit: "usd", limit: 40_000_000 }));
    clock.advance(MINUTE);
    const idea = capScopeOf.idea(idOf.idea("i"));
    await store.write(STAMP, (tx) => openCap(tx, { scope: idea, unit: "tokens", limit: null }));
    const list = (limit: number) => store.read((reader) => listLatestCaps(reader, limit));
    expect((await list(10)).map(({ scope, cap }) => [scope, cap])).toEqual([
      [idea, null],
      [day, 40_000_000],
    ]);
    expect(await list(1)).toHaveLength(1);
  });
});
