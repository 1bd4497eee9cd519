/** A wall clock that is set, or a machine that slept: leases may be misjudged, and nothing may happen twice for it. */
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { beatAttempt } from "../../src/store/attempts/beat-attempt.ts";
import { endAttempt } from "../../src/store/attempts/end-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import type { AttemptClaim } from "../../src/store/attempts/refuse-fence.ts";
import type { Store } from "../../src/store/store.ts";
import { claimed, ending, LEASE_MS, plannedTask, runningAttempt, STAMP, taskNow } from "../fakes/delivery.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const DAY_MS = 86_400_000;

async function beat(store: Store, claim: AttemptClaim): Promise<boolean> {
  const told = { leaseMs: LEASE_MS, turns: 0, toolCalls: 0, sessionId: null };
  return (await store.write(STAMP, (tx) => beatAttempt(tx, claim, told))) !== null;
}

async function swept(store: Store): Promise<readonly (string | null)[]> {
  const attempts = await store.write(STAMP, (tx) => sweepAttempts(tx, () => false));
  return attempts.map(({ outcome }) => outcome);
}

storeSuite("a clock that jumps", (open) => {
  test("[OPS-5] ahead: the attempt is lost, its late runner is refused, and only the next one counts", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const old = await runningAttempt(store, task);
    clock.advance(DAY_MS);
    expect(await swept(store)).toEqual(["lost"]);
    expect(await beat(store, old)).toBe(false);
    const ready = await store.read((reader) => taskNow(reader, task.id));
    expect(ready.state).toBe("ready");
    expect(await store.write(STAMP, (tx) => claimed(tx, ready))).not.toBeNull();
    expect(await store.write(STAMP, (tx) => endAttempt(tx, old, ending("succeeded")))).toBeNull();
    expect((await store.read((reader) => taskNow(reader, task.id))).state).toBe("claimed");
  });

  test("[OPS-5] back: a living attempt keeps its lease, and goes on with the next heartbeat", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const attempt = await runningAttempt(store, await plannedTask(store));
    clock.advance(-DAY_MS);
    expect(await swept(store)).toEqual([]);
    expect(await beat(store, attempt)).toBe(true);
    clock.advance(LEASE_MS - 1);
    expect(await swept(store)).toEqual([]);
  });
});
