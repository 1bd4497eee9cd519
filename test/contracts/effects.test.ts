import { expect, test } from "vitest";
import { effect, recheck, type Hands, type Sight } from "../../src/guard/effect.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail, ok, type Result } from "../../src/kit/result.ts";
import type { Want } from "../../src/model/effect.ts";
import type { Failure } from "../../src/model/failure.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { listEffects } from "../../src/store/effects/list-effects.ts";
import { observeEffect } from "../../src/store/effects/observe-effect.ts";
import { sweepEffects } from "../../src/store/effects/sweep-effects.ts";
import { wantEffect } from "../../src/store/effects/want-effect.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import type { Store } from "../../src/store/store.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "upkeep" };
const WANT: Want = { kind: "file", path: "/some where/with a name", sha256: "ab" };
const REFUSED: Failure = { code: "auth_missing", message: "", cause: "", hint: "", retry: "never" };

/** A target outside: `made` counts, `sights` are what one sees before and after. */
function outside(sights: readonly Sight[], making: Result<void, Failure> = ok(undefined)): Hands & { made: number } {
  const left = [...sights];
  return {
    made: 0,
    look: async () => {
      const sight = left.shift();
      if (sight === undefined) throw new Error("an unexpected look");
      return sight;
    },
    async make() {
      this.made += 1;
      return making;
    },
  };
}

async function types(store: Store): Promise<readonly string[]> {
  return (await store.read((reader) => readEvents(reader, { limit: 100 }))).map((event) => event.type);
}

storeSuite("effects", (open) => {
  test("[STO-7] what was made and then seen is verified, and only that is ok", async () => {
    await using store = await open();
    const hands = outside(["absent", "there"]);
    const done = await effect({ store, stamp: STAMP }, WANT, hands);
    expect(done).toMatchObject({ ok: true, value: { status: "verified", want: WANT, actor: "upkeep" } });
    expect(hands.made).toBe(1);
    expect(await types(store)).toEqual(["effect.wanted", "effect.verified"]);
    expect(await store.read((reader) => listEffects(reader, { limit: 10 }))).toEqual([done.ok ? done.value : null]);
  });

  test("[STO-7] what is there already is not made again", async () => {
    await using store = await open();
    const hands = outside(["there"]);
    expect(await effect({ store, stamp: STAMP }, WANT, hands)).toMatchObject({ ok: true });
    expect(hands.made).toBe(0);
  });

  test("[STO-7] made without an error but not there is a failure, and an alarm in the same transaction", async () => {
    await using store = await open();
    const done = await effect({ store, stamp: STAMP }, WANT, outside(["absent", "absent"]));
    expect(done).toMatchObject({ ok: false, failure: { code: "failed" } });
    expect(await types(store)).toEqual(["effect.wanted", "effect.missing"]);
    const rows = await store.read((reader) => listEffects(reader, { status: "missing", limit: 10 }));
    expect(rows).toHaveLength(1);
  });

  test("[STO-7] a maker's failure is passed on, unless the effect is seen all the same", async () => {
    await using store = await open();
    const refused = await effect({ store, stamp: STAMP }, WANT, outside(["absent", "absent"], fail(REFUSED)));
    expect(refused).toEqual({ ok: false, failure: REFUSED });
    const lateAnswer = await effect({ store, stamp: STAMP }, WANT, outside(["absent", "there"], fail(REFUSED)));
    expect(lateAnswer).toMatchObject({ ok: true, value: { status: "verified" } });
  });

  test("[STO-7] what cannot be looked at is not made and not ok", async () => {
    await using store = await open();
    const hands = outside(["unknown"]);
    const done = await effect({ store, stamp: STAMP }, WANT, hands);
    expect(done).toMatchObject({ ok: false, failure: { code: "try_later", retry: "later" } });
    expect(hands.made).toBe(0);
    expect(await types(store)).toEqual(["effect.wanted", "effect.unverifiable"]);
  });

  test("[STO-7] a later look can find what was missing, and tells a change once", async () => {
    await using store = await open();
    await effect({ store, stamp: STAMP }, WANT, outside(["absent", "absent"]));
    const [row] = await store.read((reader) => listEffects(reader, { status: "missing", limit: 1 }));
    if (row === undefined) throw new Error("no effect");
    expect(await recheck({ store, stamp: STAMP }, row, async () => "absent")).toMatchObject({ ok: false });
    expect(await recheck({ store, stamp: STAMP }, row, async () => "there")).toMatchObject({ ok: true });
    expect(await types(store)).toEqual(["effect.wanted", "effect.missing", "effect.verified"]);
  });

  test("[STO-7] an effect that nobody reported on is an alarm, once", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const silent = await store.write(STAMP, (tx) => wantEffect(tx, WANT));
    clock.advance(60_000);
    await store.write(STAMP, (tx) => wantEffect(tx, WANT));
    const before = instantOf(SUITE_START + 1);
    expect(await store.write(STAMP, (tx) => sweepEffects(tx, before))).toEqual([silent]);
    expect(await store.write(STAMP, (tx) => sweepEffects(tx, before))).toEqual([]);
    expect(await types(store)).toEqual(["effect.wanted", "effect.wanted", "effect.overdue"]);
    const rows = await store.read((reader) => listEffects(reader, { status: "unverifiable", limit: 10 }));
    expect(rows.map((row) => row.id)).toEqual([silent]);
  });

  test("[STO-7] observing what nobody wanted is a bug", async () => {
    await using store = await open();
    const observing = store.write(STAMP, (tx) => observeEffect(tx, idOf.effect("none"), "verified"));
    await expect(observing).rejects.toThrow("never wanted");
  });
});
