import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { askApproval } from "../../src/store/approvals/ask-approval.ts";
import { denyApproval } from "../../src/store/approvals/decide-approval.ts";
import { listApprovals } from "../../src/store/approvals/list-approvals.ts";
import { beatAttempt, type Beat } from "../../src/store/attempts/beat-attempt.ts";
import { endAttempt } from "../../src/store/attempts/end-attempt.ts";
import { findAttemptIds } from "../../src/store/attempts/find-attempt-ids.ts";
import { getAttempt } from "../../src/store/attempts/get-attempt.ts";
import { listAttempts } from "../../src/store/attempts/list-attempts.ts";
import { openAttempts } from "../../src/store/attempts/open-attempts.ts";
import { placeAttempt } from "../../src/store/attempts/place-attempt.ts";
import type { AttemptClaim } from "../../src/store/attempts/refuse-fence.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import { stopAttempt } from "../../src/store/attempts/stop-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { verifyAttempt } from "../../src/store/attempts/verify-attempt.ts";
import type { Store } from "../../src/store/store.ts";
import { changeTask } from "../../src/store/tasks/change-task.ts";
import { signalTask } from "../../src/store/tasks/signal-task.ts";
import { mintToken } from "../../src/store/tokens/mint-token.ts";
import { tokenPayer } from "../../src/store/tokens/token-payer.ts";
import {
  claimed,
  DEADLINE_MS,
  ended,
  ending,
  HEAD,
  LEASE_MS,
  plannedTask,
  queuedAttempt,
  runningAttempt,
  RUNNER,
  STAMP,
  taskNow,
  text,
} from "../fakes/delivery.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const OTHER = holderOf({ host: "here", pid: 78, start: "701" });
const NOBODY_DEAD = (): boolean => false;
const BEAT: Beat = { leaseMs: LEASE_MS, turns: 1, toolCalls: 2, sessionId: idOf.session("s1") };

async function start(store: Store, { id, fence }: AttemptClaim, holder = RUNNER) {
  const wish = { id, fence, holder, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS };
  return await store.write(STAMP, (tx) => startAttempt(tx, wish));
}

async function sweep(store: Store, isDead: (holder: string) => boolean = NOBODY_DEAD) {
  const swept = await store.write(STAMP, (tx) => sweepAttempts(tx, isDead));
  return swept.map(({ outcome, failureCode }) => `${outcome} ${failureCode}`);
}

async function told(store: Store, type: string): Promise<readonly unknown[]> {
  const events = await loggedEvents(store);
  return events.filter((event) => event.type === type).map((event) => event.payload);
}

storeSuite("attempts", (open) => {
  test("[OPS-5] a claim moves the task, mints the fence and writes the order, once", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await store.write(STAMP, (tx) => claimed(tx, task));
    expect(attempt).toMatchObject({ number: 1, state: "queued", fence: 1, base: HEAD, holder: null });
    expect(attempt?.order).toMatchObject({ taskId: task.id, base: HEAD, brief: task.brief, targetBranch: "main" });
    // Whoever saw the task before the claim comes too late, with the old fence or without a ready task.
    expect(await store.write(STAMP, (tx) => claimed(tx, task))).toBeNull();
    expect(await store.write(STAMP, (tx) => claimed(tx, { ...task, fence: 1 }))).toBeNull();
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({
      state: "claimed",
      fence: 1,
      head: HEAD,
    });
    expect(await told(store, "attempt.queued")).toEqual([
      { task: task.id, number: 1, fence: 1, role: "executor", base: HEAD },
    ]);
    expect(await store.read((reader) => getAttempt(reader, attempt?.id ?? idOf.attempt("")))).toEqual(attempt);
  });

  test("[RUN-8] an attempt that is queued starts with its own fence and no older one", async () => {
    await using store = await open();
    const attempt = await queuedAttempt(store, await plannedTask(store));
    const { id, fence } = attempt;
    expect(await start(store, { id, fence: fence - 1 })).toBeNull();
    expect(await told(store, "fence.refused")).toEqual([{ act: "start", fence: fence - 1 }]);
    expect(await store.read((reader) => getAttempt(reader, id))).toMatchObject({ state: "queued" });
    expect(await start(store, { id, fence })).toMatchObject({ state: "running" });
  });

  test("[OPS-5] only a ready task is claimed, and only with the fence that was seen", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    await ended(store, await runningAttempt(store, task), ending("lost", "RUNNER_LOST"));
    // It is ready again, but not as it was seen.
    expect(await store.write(STAMP, (tx) => claimed(tx, task))).toBeNull();
    await ended(store, await runningAttempt(store, task), ending("capped", "CAP_USD"));
    const parked = await store.read((reader) => taskNow(reader, task.id));
    expect(await store.write(STAMP, (tx) => claimed(tx, parked))).toBeNull();
  });

  test("[RUN-11] a task that has to wait is not claimed before its time", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const { id } = await plannedTask(store);
    const claim = () => store.write(STAMP, async (tx) => claimed(tx, await taskNow(tx, id)));
    await ended(
      store,
      await runningAttempt(store, await store.read((reader) => taskNow(reader, id))),
      ending("failed", "PROVIDER_QUOTA"),
    );
    clock.advance(59_999);
    expect(await claim()).toBeNull();
    clock.advance(1);
    expect(await claim()).not.toBeNull();
  });

  test("[OPS-5] a task that was taken out of its attempt's hands waits until that has ended", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    await store.write(STAMP, (tx) => changeTask(tx, task.id, { to: "ready" }));
    const claim = () => store.write(STAMP, async (tx) => claimed(tx, await taskNow(tx, task.id)));
    expect(await claim()).toBeNull();
    await ended(store, attempt, ending("succeeded"));
    expect(await claim()).toMatchObject({ fence: attempt.fence + 1 });
  });

  test("[OPS-5] of many claims at once of one task exactly one wins", async () => {
    await using store = await open();
    await using second = await open();
    const task = await plannedTask(store);
    const stores = [store, second, store, second, store, second];
    const won = await Promise.all(stores.map((one) => one.write(STAMP, (tx) => claimed(tx, task))));
    expect(won.filter((attempt) => attempt !== null)).toHaveLength(1);
    expect(await store.read(openAttempts)).toHaveLength(1);
  });

  test("[RUN-5] claims at once never open more attempts than may be, over all and in a repository", async () => {
    await using store = await open();
    await using second = await open();
    const tasks = [];
    for (let n = 0; n < 8; n += 1) tasks.push(await plannedTask(store, { repository: n < 4 ? "/one" : "/two" }));
    const limits = { all: 3, repository: 2 };
    const one = (at: number): Store => (at % 2 === 0 ? store : second);
    await Promise.all(tasks.map((task, at) => one(at).write(STAMP, (tx) => claimed(tx, task, { limits }))));
    const attempts = await store.read(openAttempts);
    const there = attempts.filter((attempt) => attempt.order.repository === "/one").length;
    expect(attempts).toHaveLength(3);
    expect([1, 2]).toContain(there);
    const [first] = attempts;
    if (first === undefined) throw new Error("three attempts are open");
    await ended(store, first, ending("lost", "RUNNER_LOST"));
    for (const task of tasks)
      await store.write(STAMP, async (tx) => claimed(tx, await taskNow(tx, task.id), { limits }));
    expect(await store.read(openAttempts)).toHaveLength(3);
  });

  test("[OPS-5] a start is accepted once per fence, and again only from the same holder", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await queuedAttempt(store, task);
    const started = await start(store, attempt);
    expect(started).toMatchObject({
      state: "running",
      holder: RUNNER,
      leaseUntil: instantOf(SUITE_START + LEASE_MS),
      deadline: instantOf(SUITE_START + DEADLINE_MS),
    });
    expect(await start(store, attempt)).toEqual(started);
    expect(await start(store, attempt, OTHER)).toBeNull();
    expect(await start(store, { ...attempt, fence: 0 })).toBeNull();
    expect(await told(store, "attempt.started")).toEqual([{ task: task.id, fence: 1 }]);
    expect(await told(store, "fence.refused")).toEqual([
      { act: "start", fence: 1 },
      { act: "start", fence: 0 },
    ]);
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "running" });
  });

  test("[OPS-5] every write with an old fence is refused, told, and changes nothing", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const old = await runningAttempt(store, task);
    await ended(store, old, ending("lost", "RUNNER_LOST"));
    const current = await runningAttempt(store, task, OTHER);
    const rows = () =>
      store.read((reader) =>
        Promise.all([reader.db.selectFrom("attempts").selectAll().orderBy("id").execute(), taskNow(reader, task.id)]),
      );
    const before = await rows();
    expect(current.fence).toBe(old.fence + 1);
    const stale = { id: current.id, fence: old.fence };
    expect(await store.write(STAMP, (tx) => beatAttempt(tx, stale, BEAT))).toBeNull();
    expect(await store.write(STAMP, (tx) => verifyAttempt(tx, stale))).toBeNull();
    expect(await store.write(STAMP, (tx) => endAttempt(tx, stale, ending("succeeded")))).toBeNull();
    expect(await store.write(STAMP, (tx) => beatAttempt(tx, old, BEAT))).toBeNull();
    expect(await store.write(STAMP, (tx) => endAttempt(tx, old, ending("succeeded")))).toBeNull();
    expect(await store.write(STAMP, (tx) => placeAttempt(tx, { ...stale, holder: OTHER, leaseMs: 1 }))).toBe(false);
    expect(await rows()).toEqual(before);
    expect(await told(store, "fence.refused")).toHaveLength(5);
    const guards = await store.read((reader) => reader.db.selectFrom("guards").select(["name", "times"]).execute());
    expect(guards).toEqual([{ name: "fence/stale", times: 5 }]);
  });

  test("[RUN-12] heartbeats keep the lease and hear the wish; at once outranks safe, and the first reason stays", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const attempt = await runningAttempt(store, await plannedTask(store));
    const beat = (more: Partial<Beat> = {}) =>
      store.write(STAMP, (tx) => beatAttempt(tx, attempt, { ...BEAT, ...more }));
    const stop = (wish: "safe" | "now", code: "CANCELLED" | "KILL_SWITCH_ACTIVE") =>
      store.write(STAMP, (tx) => stopAttempt(tx, attempt.id, { wish, code }));
    clock.advance(LEASE_MS - 1);
    expect(await beat()).toEqual({ stop: null });
    clock.advance(LEASE_MS - 1);
    expect(await sweep(store)).toEqual([]);
    expect(await stop("safe", "KILL_SWITCH_ACTIVE")).toBe("asked");
    expect(await stop("safe", "CANCELLED")).toBe("asked");
    expect(await beat({ sessionId: null })).toEqual({ stop: { wish: "safe", code: "KILL_SWITCH_ACTIVE" } });
    expect(await stop("now", "CANCELLED")).toBe("asked");
    expect(await stop("safe", "CANCELLED")).toBe("asked");
    expect(await beat()).toEqual({ stop: { wish: "now", code: "KILL_SWITCH_ACTIVE" } });
    expect(await told(store, "attempt.stopping")).toEqual([
      { wish: "safe", code: "KILL_SWITCH_ACTIVE" },
      { wish: "now", code: "CANCELLED" },
    ]);
    const now = await store.read((reader) => getAttempt(reader, attempt.id));
    expect(now).toMatchObject({
      turns: 1,
      toolCalls: 2,
      sessionId: "s1",
      leaseUntil: instantOf(clock.now() + LEASE_MS),
    });
  });

  test("[RUN-12] a success that comes after a wish to stop at once is not taken", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    await store.write(STAMP, (tx) => stopAttempt(tx, attempt.id, { wish: "now", code: "CANCELLED" }));
    expect(await ended(store, attempt, ending("succeeded"))).toMatchObject({
      outcome: "cancelled",
      failureCode: "CANCELLED",
    });
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "cancelled" });
    expect(await store.write(STAMP, (tx) => stopAttempt(tx, attempt.id, { wish: "now", code: "CANCELLED" }))).toBe(
      "closed",
    );
  });

  test("[RUN-12] a turn that was let finish may succeed", async () => {
    await using store = await open();
    const attempt = await runningAttempt(store, await plannedTask(store));
    await store.write(STAMP, (tx) => stopAttempt(tx, attempt.id, { wish: "safe", code: "KILL_SWITCH_ACTIVE" }));
    expect(await ended(store, attempt, ending("succeeded"))).toMatchObject({ outcome: "succeeded", failureCode: null });
  });

  test("[RUN-12] an attempt that is stopped before it began never begins", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await queuedAttempt(store, task);
    const stopped = await store.write(STAMP, (tx) =>
      stopAttempt(tx, attempt.id, { wish: "safe", code: "KILL_SWITCH_ACTIVE" }),
    );
    expect(stopped).toBe("ended");
    expect(await start(store, attempt)).toBeNull();
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({
      state: "parked",
      reason: "KILL_SWITCH_ACTIVE",
    });
  });

  test("[OPS-5] an end closes all that hangs on the attempt: tokens, questions, lease", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    const { id, ideaId, taskId, fence } = attempt;
    const later = instantOf(SUITE_START + 60_000);
    const token = await store.write(STAMP, (tx) =>
      mintToken(tx, { use: "gateway", attemptId: id, fence, expiresAt: later }),
    );
    const question = {
      attemptId: id,
      taskId,
      ideaId,
      action: "command",
      subject: text("git push"),
      reason: text(""),
    } as const;
    await store.write(STAMP, (tx) =>
      askApproval(tx, { ...question, contentHash: "c", head: null, rule: null, callId: null, expiresAt: later }),
    );
    const payer = () =>
      store.read((reader) => tokenPayer(reader, { token, use: "gateway", now: instantOf(SUITE_START) }));
    expect(await payer()).not.toBeNull();
    const after = await ended(store, attempt, { ...ending("failed", "NO_CHANGE"), turns: 4, head: "b".repeat(40) });
    expect(after).toMatchObject({
      state: "ended",
      leaseUntil: null,
      turns: 4,
      head: "b".repeat(40),
      failureDetail: "so it went",
    });
    expect(after.signature).toMatch(/^[0-9a-f]+$/);
    expect(await payer()).toBeNull();
    const tokens = await store.read((reader) => reader.db.selectFrom("tokens").select("revoked_at").execute());
    expect(tokens).toEqual([{ revoked_at: instantOf(SUITE_START) }]);
    expect((await store.read((reader) => listApprovals(reader, { attemptId: id }))).map(({ state }) => state)).toEqual([
      "void",
    ]);
    expect(await told(store, "attempt.ended")).toEqual([
      { task: task.id, outcome: "failed", code: "NO_CHANGE", head: "b".repeat(40) },
    ]);
  });

  test("[OPS-5] a runner that died or fell silent loses its attempt, and the task is ready at once", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    await runningAttempt(store, task);
    expect(await sweep(store)).toEqual([]);
    expect(await sweep(store, (holder) => holder === RUNNER)).toEqual(["lost RUNNER_LOST"]);
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "ready", notBefore: null });
    await runningAttempt(store, task, OTHER);
    clock.advance(LEASE_MS + 1);
    expect(await sweep(store)).toEqual(["lost RUNNER_LOST"]);
    expect(await sweep(store)).toEqual([]);
  });

  test("[OPS-5] sweeps at once end an attempt once, and refuse nobody", async () => {
    await using store = await open();
    await using second = await open();
    for (let n = 0; n < 4; n += 1) await runningAttempt(store, await plannedTask(store));
    const swept = await Promise.all([store, second, store, second].map((one) => sweep(one, () => true)));
    expect(swept.flat()).toHaveLength(4);
    expect(await told(store, "attempt.ended")).toHaveLength(4);
    expect(await told(store, "fence.refused")).toEqual([]);
  });

  test("[OPS-5] losses in a row are bounded, and a signal starts the count anew", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const lose = async (): Promise<string> => {
      clock.advance(1_000);
      await runningAttempt(store, task);
      clock.advance(1_000);
      await sweep(store, () => true);
      return (await store.read((reader) => taskNow(reader, task.id))).state;
    };
    expect([await lose(), await lose(), await lose()]).toEqual(["ready", "ready", "parked"]);
    clock.advance(1_000);
    await store.write(STAMP, (tx) => signalTask(tx, task.id, "replayed"));
    expect([await lose(), await lose(), await lose()]).toEqual(["ready", "ready", "parked"]);
  });

  test("[OPS-5] an attempt whose runner dies before its first call is missed", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const placed = await queuedAttempt(store, task);
    const place = (claim: AttemptClaim) =>
      store.write(STAMP, (tx) =>
        placeAttempt(tx, { id: claim.id, fence: claim.fence, holder: RUNNER, leaseMs: LEASE_MS }),
      );
    expect(await place(placed)).toBe(true);
    expect(await sweep(store)).toEqual([]);
    expect(await sweep(store, () => true)).toEqual(["lost NOT_STARTED"]);
    expect(await place(placed)).toBe(false);
    const forgotten = await queuedAttempt(store, task);
    clock.advance(599_000);
    expect(await sweep(store)).toEqual([]);
    clock.advance(2_000);
    expect(await sweep(store)).toEqual(["lost NOT_STARTED"]);
    expect(await start(store, forgotten)).toBeNull();
  });

  test("[RUN-5] an attempt past its deadline is ended from outside; waiting for a person does not count", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    const alive = () => store.write(STAMP, (tx) => beatAttempt(tx, attempt, { ...BEAT, leaseMs: 10 * DEADLINE_MS }));
    await alive();
    const { id: attemptId, taskId, ideaId } = attempt;
    const question = { attemptId, taskId, ideaId, action: "command", subject: text("x"), reason: text("") } as const;
    const expiresAt = instantOf(SUITE_START + 10 * DEADLINE_MS);
    await store.write(STAMP, (tx) =>
      askApproval(tx, { ...question, contentHash: "c", head: null, rule: null, callId: null, expiresAt }),
    );
    clock.advance(2 * DEADLINE_MS);
    expect(await sweep(store)).toEqual([]);
    const [asked] = await store.read((reader) => listApprovals(reader, { attemptId }));
    await store.write(STAMP, (tx) =>
      denyApproval(tx, asked?.id ?? idOf.approval(""), { by: "person", reason: text("no") }),
    );
    clock.advance(DEADLINE_MS);
    expect(await sweep(store)).toEqual([]);
    clock.advance(1);
    expect(await sweep(store)).toEqual(["capped CAP_MINUTES"]);
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({
      state: "parked",
      reason: "CAP_MINUTES",
    });
  });

  test("[RUN-12] a runner that does not obey is ended from outside within seconds, as it was wished", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const first = await runningAttempt(store, await plannedTask(store));
    const second = await runningAttempt(store, await plannedTask(store), OTHER);
    await store.write(STAMP, (tx) => stopAttempt(tx, first.id, { wish: "now", code: "KILL_SWITCH_ACTIVE" }));
    await store.write(STAMP, (tx) => stopAttempt(tx, second.id, { wish: "now", code: "CANCELLED" }));
    expect(await sweep(store)).toEqual([]);
    // One obeyed and is gone without a word, the other goes on.
    expect(await sweep(store, (holder) => holder === OTHER)).toEqual(["cancelled CANCELLED"]);
    clock.advance(5_001);
    expect(await sweep(store)).toEqual(["cancelled KILL_SWITCH_ACTIVE"]);
  });

  test("[OPS-3] attempts are listed from the latest, of an idea, a task or an outcome, and found by their id", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const first = await ended(store, await runningAttempt(store, task), ending("lost", "HOST_LOST"));
    clock.advance(1_000);
    const second = await queuedAttempt(store, task);
    const third = await queuedAttempt(store, await plannedTask(store));
    const ids = async (filter: object): Promise<readonly string[]> =>
      (await store.read((reader) => listAttempts(reader, { ...filter, limit: 9 }))).map(({ id }) => id);
    expect(second.number).toBe(2);
    expect(await ids({ taskId: task.id })).toEqual([second.id, first.id]);
    expect(await ids({ ideaId: third.ideaId })).toEqual([third.id]);
    expect(await ids({ outcome: "lost" })).toEqual([first.id]);
    expect(await store.read((reader) => findAttemptIds(reader, { start: first.id, limit: 2 }))).toEqual([first.id]);
    expect((await store.read(openAttempts)).map(({ id }) => id).toSorted()).toEqual([second.id, third.id].toSorted());
  });
});
