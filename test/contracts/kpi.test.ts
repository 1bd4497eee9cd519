import type { Insertable } from "kysely";
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { instantOf } from "../../src/model/time.ts";
import type { CapsTable, LedgerTable } from "../../src/store/control-tables.ts";
import { appendEvent } from "../../src/store/events/append-event.ts";
import { listQueueWaits } from "../../src/store/kpi/list-queue-waits.ts";
import { listBreaches } from "../../src/store/kpi/list-breaches.ts";
import type { Store } from "../../src/store/store.ts";
import { kpiRows } from "../../src/views/kpi.ts";
import type { KpiRow } from "../../src/views/shapes/kpi.ts";
import { putAttempt, putWork } from "./agent-run-rows.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const MINUTE = 60_000;
const at = (minutes: number): string => instantOf(SUITE_START + minutes * MINUTE);

async function kpi(store: Store, minimumN = 3): Promise<ReadonlyMap<string, KpiRow>> {
  const query = {
    now: SUITE_START + 60 * MINUTE,
    days: 30,
    minimumN,
    dayMicroDollars: 40_000_000,
    monthMicroDollars: 900_000_000,
  };
  return new Map((await store.read((reader) => kpiRows(reader, query))).map((row) => [row.gate, row]));
}

function putCap(store: Store, wish: Pick<Insertable<CapsTable>, "scope" | "cap" | "spent"> & Partial<CapsTable>) {
  const row = { unit: "usd", extended: 0, reserved: 0, unknown: 0, provenance: "measured", updated_at: at(0), ...wish };
  return store.write(STAMP, (tx) => tx.db.insertInto("caps").values(row).execute());
}

function putBill(store: Store, wish: Partial<Insertable<LedgerTable>> & { id: string }) {
  const row: Insertable<LedgerTable> = {
    attempt_id: "a-1",
    idea_id: "i-1",
    payer: "attempt/a-1",
    kind: "request",
    state: "settled",
    role: "executor",
    model: null,
    request_kind: null,
    thread_id: null,
    response_id: null,
    reserved_tokens: 0,
    reserved_usd: 0,
    input: null,
    cached_input: null,
    output: null,
    reasoning: null,
    total: null,
    usd: null,
    status: 200,
    error: null,
    provenance: "measured",
    at: at(0),
    settled_at: at(1),
    ...wish,
  };
  return store.write(STAMP, (tx) => tx.db.insertInto("ledger").values(row).execute());
}

storeSuite("kpi", (open) => {
  test("[OPS-1] an empty store passes nothing and fails nothing: every gate says why there is no figure", async () => {
    await using store = await open();
    for (const row of (await kpi(store)).values()) {
      expect([row.gate, row.value, row.provenance]).toEqual([row.gate, null, null]);
      expect(["insufficient_data", "unknown"]).toContain(row.verdict);
      expect(row.why).toMatch(/\w+ \w+/);
    }
    expect([...(await kpi(store)).keys()].slice(0, 6)).toEqual([
      "maintainer_acceptance_rate",
      "job_success_rate",
      "queue_wait_p95_minutes",
      "daily_spend_usd",
      "monthly_spend_usd",
      "budget_breach_count",
    ]);
  });

  test("[OPS-1] success counts ended tasks, needs its minimum number, and leaves simulated and stopped ones out", async () => {
    await using store = await open();
    await putWork(store, "1", { task: { state: "done" } });
    await putWork(store, "2", { task: { state: "failed" } });
    await putWork(store, "3", { task: { state: "parked", reason: "KILL_SWITCH_ACTIVE" } });
    await putWork(store, "4", { task: { state: "done" }, idea: { simulated: 1 } });
    await putWork(store, "5", { task: { state: "cancelled" } });
    expect((await kpi(store)).get("job_success_rate")).toMatchObject({
      verdict: "insufficient_data",
      value: null,
      n: 2,
      minimum_n: 3,
      simulated: 1,
      why: "2 of at least 3 observations",
    });
    await putWork(store, "6", { task: { state: "parked", reason: "CAP_USD" } });
    expect((await kpi(store)).get("job_success_rate")).toMatchObject({ verdict: "fail", value: 1 / 3, n: 3 });
    for (const name of ["7", "8", "9", "10", "11", "12", "13"]) await putWork(store, name, { task: { state: "done" } });
    expect((await kpi(store)).get("job_success_rate")).toMatchObject({
      verdict: "pass",
      value: 0.8,
      target: 0.8,
      n: 10,
    });
    await putWork(store, "old", { task: { state: "failed", updated_at: instantOf(SUITE_START - 31 * 86_400_000) } });
    expect((await kpi(store)).get("job_success_rate")).toMatchObject({ n: 10 });
  });

  test("[OPS-1] acceptance is one decision of a person for each change; what became of it outside counts first", async () => {
    await using store = await open();
    const decide = async (name: string, state: string, by: string, minutes: number) => {
      await store.write(STAMP, (tx) =>
        tx.db
          .insertInto("approvals")
          .values({
            id: `p-${name}-${minutes}`,
            idea_id: `i-${name}`,
            task_id: `t-${name}`,
            attempt_id: `a-${name}`,
            action: "change",
            subject: "",
            reason: "",
            content_hash: `${name}${minutes}`,
            head: "h",
            rule: null,
            call_id: null,
            state,
            decided_by: by,
            decided_reason: null,
            answer: null,
            asked_at: at(0),
            expires_at: at(60),
            decided_at: at(minutes),
          })
          .execute(),
      );
    };
    for (const name of ["1", "2", "3", "4"]) await putWork(store, name);
    await decide("1", "denied", "person", 1);
    await decide("1", "granted", "person", 2);
    await decide("2", "denied", "person", 1);
    await decide("3", "granted", "person", 1);
    await decide("4", "granted", "policy", 1);
    expect((await kpi(store)).get("maintainer_acceptance_rate")).toMatchObject({ verdict: "pass", value: 2 / 3, n: 3 });
    await store.write(STAMP, (tx) => tx.db.insertInto("changes").values(change("3", "reverted")).execute());
    expect((await kpi(store)).get("maintainer_acceptance_rate")).toMatchObject({ verdict: "fail", value: 1 / 3, n: 3 });
    expect((await kpi(store, 1)).get("rollback_rate")).toMatchObject({ verdict: "fail", value: 1, n: 1 });
  });

  test("[OPS-1] the wait is from the last time a task became ready to its start, at the 95th percentile", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await putWork(store, "1", { attempt: { queued_at: at(10), started_at: at(11) } });
    await putWork(store, "2", { task: { created_at: at(5) }, attempt: { queued_at: at(6), started_at: at(45) } });
    await putWork(store, "3", { attempt: { queued_at: at(50), started_at: at(50), simulated: 1 } });
    const move = (to: string) =>
      store.write(STAMP, (tx) => appendEvent(tx, { type: "task.changed", key: "t-1", payload: { to } }));
    await move("ready");
    clock.advance(5 * MINUTE);
    await move("ready");
    clock.advance(4 * MINUTE);
    await move("claimed");
    await putAttempt(store, {
      id: "a-1b",
      idea_id: "i-1",
      task_id: "t-1",
      number: 2,
      queued_at: at(2),
      started_at: at(2),
    });
    const { minutes } = await store.read((reader) => listQueueWaits(reader, instantOf(SUITE_START)));
    expect(minutes.toSorted((left, right) => left - right)).toEqual([2, 6, 40]);
    expect((await kpi(store)).get("queue_wait_p95_minutes")).toMatchObject({
      verdict: "fail",
      value: 40,
      n: 3,
      simulated: 1,
      unit: "minutes",
    });
  });

  test("[OPS-1] the dearest day and month are judged; a price nobody knows can fail the gate and never pass it", async () => {
    await using store = await open();
    await putCap(store, { scope: "day/2026-11-18", cap: 40_000_000, spent: 12_500_000 });
    await putCap(store, { scope: "day/2026-11-19", cap: 40_000_000, spent: 7_000_000 });
    await putCap(store, { scope: "day/2026-11-19/simulated", cap: 40_000_000, spent: 99_000_000 });
    await putCap(store, { scope: "day/2026-10-01", cap: 40_000_000, spent: 99_000_000 });
    await putCap(store, { scope: "month/2026-11", cap: 900_000_000, spent: 19_500_000 });
    const known = await kpi(store);
    expect(known.get("daily_spend_usd")).toMatchObject({
      verdict: "pass",
      value: 12.5,
      n: 2,
      simulated: 1,
      target: 40,
    });
    expect(known.get("monthly_spend_usd")).toMatchObject({ verdict: "pass", value: 19.5, why: "month/2026-11" });
    await putCap(store, { scope: "day/2026-11-17", cap: 40_000_000, spent: 1, unknown: 1 });
    expect((await kpi(store)).get("daily_spend_usd")).toMatchObject({ verdict: "unknown", value: 12.5 });
    await putCap(store, { scope: "day/2026-11-16", cap: 40_000_000, spent: 40_000_001, provenance: "estimated" });
    expect((await kpi(store)).get("daily_spend_usd")).toMatchObject({ verdict: "fail", value: 40.000001 });
  });

  test("[OPS-1] a first pass is a first attempt whose every check passed", async () => {
    await using store = await open();
    const check = (attempt: string, number: number, passed: number) =>
      store.write(STAMP, (tx) =>
        tx.db
          .insertInto("checks")
          .values({
            attempt_id: attempt,
            number,
            name: "unit",
            command: '"npm test"',
            passed,
            exit_code: 1 - passed,
            timed_out: 0,
            seconds: 1,
            output_sha256: null,
            ran_at: at(1),
          })
          .execute(),
      );
    for (const name of ["1", "2", "3"]) await putWork(store, name, { attempt: { ended_at: at(2) } });
    await putAttempt(store, { id: "a-1b", idea_id: "i-1", task_id: "t-1", number: 2, ended_at: at(3) });
    await check("a-1", 1, 1);
    await check("a-1", 2, 0);
    await check("a-1b", 1, 1);
    await check("a-2", 1, 1);
    await check("a-3", 1, 1);
    expect((await kpi(store)).get("first_pass_ci_rate")).toMatchObject({ verdict: "fail", value: 2 / 3, n: 3 });
  });

  test("[OPS-1] spending beyond a cap is a breach only beyond what was in flight when the last request was let in", async () => {
    await using store = await open();
    await putWork(store, "1");
    await putCap(store, { scope: "attempt/a-1", cap: 1_000, spent: 1_150 });
    const breaches = async () => (await store.read(listBreaches)).breached;
    await putBill(store, { id: "l1", at: at(1), settled_at: at(2), reserved_usd: 500, usd: 500 });
    await putBill(store, { id: "l2", at: at(3), settled_at: at(5), reserved_usd: 200, usd: 250 });
    await putBill(store, { id: "l3", at: at(4), settled_at: at(6), reserved_usd: 300, usd: 400 });
    expect(await breaches(), "50 and 100 over their reservations, both in flight").toEqual([]);
    await store.write(STAMP, (tx) => tx.db.updateTable("caps").set({ spent: 1_151 }).execute());
    expect(await breaches()).toEqual(["attempt/a-1 usd"]);
    expect((await kpi(store)).get("budget_breach_count")).toMatchObject({ verdict: "fail", value: 1, n: 1 });
  });

  test("[OPS-1] an idea is breached beyond its attempts' own excess, and not by a cap that was lowered later", async () => {
    await using store = await open();
    await putWork(store, "1");
    const account = { kind: "attempt", at: at(0), settled_at: at(9) };
    await putBill(store, { id: "l0", ...account });
    await putBill(store, { id: "l1", at: at(1), settled_at: at(2), reserved_usd: 900, usd: 1_100 });
    await putCap(store, { scope: "attempt/a-1", cap: 1_000, spent: 1_100 });
    await putCap(store, { scope: "idea/i-1", cap: 1_000, spent: 1_100 });
    const breaches = async () => (await store.read(listBreaches)).breached;
    expect(await breaches()).toEqual([]);
    const set = (values: { spent?: number; updated_at?: string }) =>
      store.write(STAMP, (tx) => tx.db.updateTable("caps").set(values).where("scope", "=", "idea/i-1").execute());
    await set({ spent: 1_101 });
    expect(await breaches()).toEqual(["idea/i-1 usd"]);
    await set({ updated_at: at(10) });
    expect(await breaches()).toEqual([]);
    await putWork(store, "s", { attempt: { simulated: 1 } });
    await putCap(store, { scope: "attempt/a-s", cap: 1, spent: 99 });
    expect(await store.read(listBreaches)).toMatchObject({ breached: [], n: 2, simulated: 1 });
  });
});

function change(name: string, state: string) {
  return {
    id: `c-${name}`,
    idea_id: `i-${name}`,
    task_id: `t-${name}`,
    attempt_id: `a-${name}`,
    repository: "/repo",
    branch: "b",
    target_branch: "main",
    base: "0",
    head: "1",
    files: 1,
    lines: 1,
    diff_sha256: "00",
    state,
    simulated: 0,
    created_at: at(0),
    updated_at: at(0),
  };
}
