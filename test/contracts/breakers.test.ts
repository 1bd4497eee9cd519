import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { BREAKER_WINDOW_MS } from "../../src/model/breaker.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { claimCanary } from "../../src/store/breakers/claim-canary.ts";
import { listBreakers } from "../../src/store/breakers/list-breakers.ts";
import { noteEnding, type Ending } from "../../src/store/breakers/note-ending.ts";
import type { Store } from "../../src/store/store.ts";
import { putAttempt, putWork } from "./agent-run-rows.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const FAILED = { outcome: "failed", failure_code: "SETUP_FAILED", signature: "sig1", state: "ended" } as const;

/** A task that failed now, as its ending is written and noted. */
async function fails(store: Store, name: string, at: number, wish: Partial<Ending> = {}): Promise<void> {
  const { failureCode: failure_code = FAILED.failure_code, signature = FAILED.signature } = wish;
  await putWork(store, name, { attempt: { ...FAILED, failure_code, signature, ended_at: instantOf(at) } });
  await note(store, name, wish);
}

function note(store: Store, name: string, wish: Partial<Ending> = {}): Promise<void> {
  const ending: Ending = {
    id: idOf.attempt(`a-${name}`),
    taskId: idOf.task(`t-${name}`),
    outcome: "failed",
    failureCode: "SETUP_FAILED",
    signature: "sig1",
    ...wish,
  };
  return store.write(STAMP, (tx) => noteEnding(tx, ending));
}

const states = async (store: Store) =>
  (await store.read(listBreakers)).map(({ breaker }) => [breaker.state, breaker.tasks, breaker.canary]);

async function told(store: Store): Promise<readonly string[]> {
  const events = await loggedEvents(store);
  return events.map(({ type }) => type);
}

storeSuite("breakers", (open) => {
  test("[RUN-11] the same failure on three different tasks opens a breaker, once", async () => {
    await using store = await open();
    await fails(store, "1", SUITE_START);
    await fails(store, "2", SUITE_START);
    await note(store, "2");
    expect(await states(store)).toEqual([]);
    await fails(store, "3", SUITE_START);
    expect(await states(store)).toEqual([["open", 3, null]]);
    await fails(store, "4", SUITE_START);
    expect(await states(store)).toEqual([["open", 4, null]]);
    expect(await told(store)).toEqual(["breaker.opened"]);
  });

  test("[RUN-11] three attempts of one task, or failures days apart, or another failure open nothing", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await fails(store, "1", SUITE_START);
    for (const number of [2, 3]) {
      const ids = { id: `a-1-${number}`, idea_id: "i-1", task_id: "t-1", number };
      await putAttempt(store, { ...ids, ...FAILED, ended_at: instantOf(SUITE_START) });
      await note(store, "1", { id: idOf.attempt(ids.id) });
    }
    await fails(store, "2", SUITE_START, { signature: "sig2" });
    clock.advance(BREAKER_WINDOW_MS + 1);
    await fails(store, "3", clock.now());
    expect(await states(store)).toEqual([]);
  });

  test("[RUN-11] a success of that agent in that repository in between starts the count anew", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const succeeded = (repository: string) => ({
      idea: { repository },
      attempt: { state: "ended", outcome: "succeeded", ended_at: instantOf(clock.now()) },
    });
    await fails(store, "1", clock.now());
    await fails(store, "2", clock.now());
    clock.advance(1000);
    await putWork(store, "elsewhere", succeeded("/other"));
    await putWork(store, "good", succeeded("/repo"));
    clock.advance(1000);
    await fails(store, "3", clock.now());
    await fails(store, "4", clock.now());
    expect(await states(store)).toEqual([]);
    await fails(store, "5", clock.now());
    expect(await states(store)).toEqual([["open", 3, null]]);
  });

  test("[RUN-11] caps, people's decisions and lost machines say nothing about other tasks", async () => {
    await using store = await open();
    for (const code of ["CAP_TOKENS", "APPROVAL_DENIED", "CANCELLED", "RUNNER_LOST"] as const) {
      for (const n of [1, 2, 3]) await fails(store, `${code}${n}`, SUITE_START, { failureCode: code, signature: code });
    }
    expect(await states(store)).toEqual([]);
  });

  test("[RUN-11] one canary passes an open breaker, and no second one while it runs", async () => {
    await using store = await open();
    for (const name of ["1", "2", "3"]) await fails(store, name, SUITE_START);
    const claim = (id: string) => store.write(STAMP, (tx) => claimCanary(tx, "sig1", idOf.attempt(id)));
    await using other = await open();
    const rival = other.write(STAMP, (tx) => claimCanary(tx, "sig1", idOf.attempt("c2")));
    const won = [await claim("c1"), await rival];
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await claim("c3")).toBe(false);
    expect(await states(store)).toEqual([["canary", 3, won[0] === true ? "c1" : "c2"]]);
  });

  test("[RUN-11] a canary that succeeds closes it; one that fails, is lost or cancelled opens it again", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    for (const name of ["1", "2", "3"]) await fails(store, name, SUITE_START);
    for (const outcome of ["failed", "lost", "cancelled"] as const) {
      clock.advance(1000);
      await store.write(STAMP, (tx) => claimCanary(tx, "sig1", idOf.attempt("a-c")));
      await note(store, "c", { outcome, failureCode: null, signature: null });
      expect(await states(store)).toEqual([["open", 3, null]]);
    }
    await store.write(STAMP, (tx) => claimCanary(tx, "sig1", idOf.attempt("a-c")));
    await note(store, "c", { outcome: "succeeded", failureCode: null, signature: null });
    expect(await states(store)).toEqual([]);
    expect((await told(store)).at(-1)).toBe("breaker.closed");
    clock.advance(1000);
    await fails(store, "5", clock.now());
    await fails(store, "6", clock.now());
    expect(await states(store), "what failed before it closed does not count again").toEqual([]);
    await fails(store, "7", clock.now());
    expect(await states(store)).toEqual([["open", 3, null]]);
  });

  test("[RUN-11] a breaker reaches the repositories and agents of the failures that opened it", async () => {
    await using store = await open();
    for (const [name, repository] of [
      ["1", "/a"],
      ["2", "/a"],
      ["3", "/b"],
    ] as const) {
      await putWork(store, name, { idea: { repository }, attempt: { ...FAILED, ended_at: instantOf(SUITE_START) } });
      await note(store, name);
    }
    const [reach] = await store.read(listBreakers);
    expect(reach?.repositories.toSorted()).toEqual(["/a", "/b"]);
    expect(reach?.agents).toEqual(["codex"]);
  });
});
