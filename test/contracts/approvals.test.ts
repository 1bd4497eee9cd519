import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf } from "../../src/model/time.ts";
import { askApproval, type Question } from "../../src/store/approvals/ask-approval.ts";
import { denyApproval, grantApproval } from "../../src/store/approvals/decide-approval.ts";
import { expireApprovals } from "../../src/store/approvals/expire-approvals.ts";
import { findApprovalIds } from "../../src/store/approvals/find-approval-ids.ts";
import { getApproval } from "../../src/store/approvals/get-approval.ts";
import { listApprovals } from "../../src/store/approvals/list-approvals.ts";
import { voidApprovals } from "../../src/store/approvals/void-approvals.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import type { Store } from "../../src/store/store.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const HOUR = 3_600_000;
const text = (plain: string): Redacted => plain as Redacted;

function question(wish: Partial<Question> = {}): Question {
  return {
    ideaId: idOf.idea("i"),
    taskId: idOf.task("t"),
    attemptId: idOf.attempt("a"),
    action: "command",
    subject: text("rm -rf build"),
    reason: text("It is stale."),
    contentHash: "c0ffee",
    head: null,
    rule: null,
    callId: "call_1",
    expiresAt: instantOf(SUITE_START + HOUR),
    ...wish,
  };
}

const ask = (store: Store, wish: Partial<Question> = {}) => store.write(STAMP, (tx) => askApproval(tx, question(wish)));

async function told(store: Store): Promise<readonly unknown[]> {
  const events = await loggedEvents(store);
  return events.map(({ type, payload }) => [type, payload["state"] ?? payload["action"] ?? payload["guard"]]);
}

storeSuite("approvals", (open) => {
  test("[RUN-7] the same question of an attempt is one row and one event, however often it is put", async () => {
    await using store = await open();
    const first = await ask(store);
    expect(first).toMatchObject({
      state: "asked",
      subject: "rm -rf build",
      decidedBy: null,
      askedAt: instantOf(SUITE_START),
    });
    expect(await ask(store, { reason: text("again") })).toEqual(first);
    expect((await ask(store, { contentHash: "other" })).id).not.toBe(first.id);
    expect((await ask(store, { attemptId: idOf.attempt("b") })).id).not.toBe(first.id);
    expect(await told(store)).toEqual(Array.from({ length: 3 }, () => ["approval.asked", "command"]));
  });

  test("[RUN-7] an answer is given once: a second one, whatever it says, is a conflict that changes nothing", async () => {
    await using store = await open();
    const { id } = await ask(store);
    const granted = await store.write(STAMP, (tx) =>
      grantApproval(tx, id, { by: "person", answer: { q: text("yes") } }),
    );
    expect(granted).toMatchObject({ ok: true, value: { state: "granted", decidedBy: "person", answer: { q: "yes" } } });
    const late = await store.write(STAMP, (tx) => denyApproval(tx, id, { by: "person", reason: text("no") }));
    expect(late).toMatchObject({ ok: false, failure: { code: "conflict" } });
    expect(await store.read((reader) => getApproval(reader, id))).toEqual(granted.ok ? granted.value : null);
    expect(await told(store)).toEqual([
      ["approval.asked", "command"],
      ["approval.decided", "granted"],
      ["guard.fired", "approval/stale"],
    ]);
    expect(await store.read(listGuards)).toMatchObject([{ name: "approval/stale", times: 1, subject: id }]);
  });

  test("[RUN-7] a denial keeps its reason, and asking again meets the same denial", async () => {
    await using store = await open();
    const { id } = await ask(store);
    await store.write(STAMP, (tx) => denyApproval(tx, id, { by: "person", reason: text("Not that folder.") }));
    expect(await ask(store)).toMatchObject({ id, state: "denied", decidedReason: "Not that folder." });
  });

  test("[RUN-7] of many who answer at once exactly one is heard", async () => {
    await using store = await open();
    await using other = await open();
    const { id } = await ask(store);
    const answers = await Promise.all([
      store.write(STAMP, (tx) => grantApproval(tx, id, { by: "person" })),
      other.write(STAMP, (tx) => denyApproval(tx, id, { by: "person", reason: text("no") })),
      other.write(STAMP, (tx) => grantApproval(tx, id, { by: "person" })),
    ]).catch(async () => {
      throw new Error("an answer threw");
    });
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  test("[RUN-7] a question past its time is a conflict before and after the sweep that ends it", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const { id } = await ask(store);
    const later = await ask(store, { contentHash: "later", expiresAt: instantOf(SUITE_START + 3 * HOUR) });
    clock.advance(HOUR);
    const early = await store.write(STAMP, (tx) => grantApproval(tx, id, { by: "person" }));
    expect(early).toMatchObject({
      ok: false,
      failure: { code: "conflict", message: `Approval ${id} is expired and cannot be decided.` },
    });
    clock.advance(1);
    expect(await store.write(STAMP, (tx) => grantApproval(tx, id, { by: "person" }))).toMatchObject({ ok: false });
    expect((await store.write(STAMP, expireApprovals)).map((one) => one.id)).toEqual([id]);
    expect(await store.write(STAMP, expireApprovals)).toEqual([]);
    expect(await store.write(STAMP, (tx) => grantApproval(tx, id, { by: "person" }))).toMatchObject({ ok: false });
    expect(await store.read((reader) => listApprovals(reader, { state: "asked" }))).toEqual([later]);
  });

  test("[RUN-7] the end of an attempt takes its open questions back, and only those", async () => {
    await using store = await open();
    const waiting = await ask(store);
    const answered = await ask(store, { contentHash: "answered" });
    await store.write(STAMP, (tx) => grantApproval(tx, answered.id, { by: "policy" }));
    const others = await ask(store, { attemptId: idOf.attempt("b"), taskId: idOf.task("u") });
    const voided = await store.write(STAMP, (tx) => voidApprovals(tx, { attemptId: idOf.attempt("a") }));
    expect(voided.map((one) => [one.id, one.state])).toEqual([[waiting.id, "void"]]);
    expect(await store.write(STAMP, (tx) => grantApproval(tx, waiting.id, { by: "person" }))).toMatchObject({
      ok: false,
      failure: { code: "conflict" },
    });
    expect(await store.read((reader) => listApprovals(reader, { state: "asked" }))).toEqual([others]);
    await store.write(STAMP, (tx) => voidApprovals(tx, { taskId: idOf.task("u") }));
    expect(await store.read((reader) => listApprovals(reader, { state: "asked" }))).toEqual([]);
  });

  test("[RUN-7] approvals are found by the start of their id and filtered by whose they are", async () => {
    await using store = await open();
    const one = await ask(store);
    const two = await ask(store, { contentHash: "2", ideaId: idOf.idea("j") });
    const find = (start: string) => store.read((reader) => findApprovalIds(reader, { start, limit: 2 }));
    expect(await find(one.id)).toEqual([one.id]);
    expect(await find("")).toHaveLength(2);
    expect(await find("%")).toEqual([]);
    expect(await store.read((reader) => listApprovals(reader, { ideaId: idOf.idea("j") }))).toEqual([two]);
    expect(await store.read((reader) => listApprovals(reader, { limit: 1 }))).toHaveLength(1);
    expect(await store.write(STAMP, (tx) => grantApproval(tx, idOf.approval("none"), { by: "person" }))).toMatchObject({
      ok: false,
      failure: { code: "not_found" },
    });
  });
});
