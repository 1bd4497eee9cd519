import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { holderOf, parseHolder } from "../../src/model/holder.ts";
import { listLeases } from "../../src/store/leases/list-leases.ts";
import { releaseLease } from "../../src/store/leases/release-lease.ts";
import { renewLease } from "../../src/store/leases/renew-lease.ts";
import { takeLease, type LeaseWish } from "../../src/store/leases/take-lease.ts";
import type { Store } from "../../src/store/store.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const ONE = holderOf({ host: "here", pid: 11, start: "100" });
const TWO = holderOf({ host: "here", pid: 22, start: "200" });
const WISH: LeaseWish = { name: "scheduler", holder: ONE, ttlMs: 60_000, isDead: () => false };

async function take(store: Store, wish: Partial<LeaseWish> = {}): Promise<number | null> {
  const lease = await store.write(STAMP, (tx) => takeLease(tx, { ...WISH, ...wish }));
  return lease?.fence ?? null;
}

test("[STO-5] a holder is host, pid and start time, so a pid used again is another holder", () => {
  expect(parseHolder(ONE)).toEqual({ host: "here", pid: 11, start: "100" });
  expect(parseHolder("here/11")).toBeNull();
  expect(parseHolder("here/x/1")).toBeNull();
});

storeSuite("leases", (open) => {
  test("[STO-5] a lease is held by one, until its time is over", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    expect(await take(store, { address: "127.0.0.1:7337" })).toBe(1);
    expect(await take(store, { holder: TWO })).toBeNull();
    const [lease] = await store.read(listLeases);
    expect(lease).toMatchObject({ name: "scheduler", holder: ONE, address: "127.0.0.1:7337", fence: 1 });
    clock.advance(60_001);
    expect(await take(store, { holder: TWO })).toBe(2);
  });

  test("[STO-5] a lease whose holder is dead on this host is free at once", async () => {
    await using store = await open();
    await take(store);
    expect(await take(store, { holder: TWO, isDead: (holder) => holder === ONE })).toBe(2);
  });

  test("[STO-5] who lost a lease can neither renew nor release it", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await take(store);
    const old = { name: "scheduler", fence: 1 };
    expect(await store.write(STAMP, (tx) => renewLease(tx, old, 60_000))).toBe(true);
    clock.advance(60_001);
    await take(store, { holder: TWO });
    expect(await store.write(STAMP, (tx) => renewLease(tx, old, 60_000))).toBe(false);
    await store.write(STAMP, (tx) => releaseLease(tx, old));
    expect(await take(store)).toBeNull();
  });

  test("[STO-5] a released lease is free at once and its fence is never good again", async () => {
    await using store = await open();
    await take(store);
    const lease = { name: "scheduler", fence: 1 };
    await store.write(STAMP, (tx) => releaseLease(tx, lease));
    expect(await store.write(STAMP, (tx) => renewLease(tx, lease, 60_000))).toBe(false);
    expect(await take(store, { holder: TWO })).toBe(3);
  });
});
