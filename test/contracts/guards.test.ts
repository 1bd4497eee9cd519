import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { instantOf } from "../../src/model/time.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { noteGuardFired } from "../../src/store/guards/note-guard-fired.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

storeSuite("guards", (open) => {
  test("[OPS-2] each firing is counted; one who knocks on and on is told of once a minute", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const fire = (subject: string) =>
      store.write({ actor: "test" }, (tx) => noteGuardFired(tx, "token/forged", subject));
    await fire("a");
    clock.advance(1000);
    await fire("a");
    await fire("b");
    clock.advance(61_000);
    await fire("b");
    expect(await store.read(listGuards)).toEqual([
      { name: "token/forged", times: 4, lastAt: instantOf(SUITE_START + 62_000), subject: "b" },
    ]);
    const events = await store.read((reader) => readEvents(reader, { limit: 10 }));
    expect(events.map(({ payload }) => payload["subject"])).toEqual(["a", "b", "b"]);
  });
});
