import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { controlScopeOf, controlsOver } from "../../src/model/control.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf } from "../../src/model/time.ts";
import { liftControl } from "../../src/store/controls/lift-control.ts";
import { listControls } from "../../src/store/controls/list-controls.ts";
import { setControl } from "../../src/store/controls/set-control.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "cli" };
const REASON = "the build is red" as Redacted;
const { all } = controlScopeOf;

storeSuite("controls", (open) => {
  test("[RUN-12] a control is set, told, listed and lifted, each scope for itself", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const repository = controlScopeOf.repository("/my repos/a b");
    const idea = controlScopeOf.idea(idOf.idea("i1"));
    await store.write(STAMP, (tx) => setControl(tx, { scope: repository, word: "paused", reason: REASON }));
    await store.write(STAMP, (tx) => setControl(tx, { scope: idea, word: "stopped", reason: REASON }));
    const listed = await store.read(listControls);
    expect(listed).toEqual([
      { scope: idea, word: "stopped", reason: REASON, actor: "cli", at: instantOf(SUITE_START) },
      { scope: repository, word: "paused", reason: REASON, actor: "cli", at: instantOf(SUITE_START) },
    ]);
    const work = { id: idOf.idea("i1"), repository: "/my repos/a b" };
    expect(controlsOver(listed, work).map(({ scope }) => scope)).toEqual([repository, idea]);
    expect(controlsOver(listed, { ...work, id: idOf.idea("i2") }).map(({ scope }) => scope)).toEqual([repository]);
    expect(controlsOver(listed, { id: idOf.idea("i2"), repository: "/other" })).toEqual([]);
    expect(await store.write(STAMP, (tx) => liftControl(tx, repository))).toMatchObject({ word: "paused" });
    expect(await store.write(STAMP, (tx) => liftControl(tx, repository))).toBeNull();
    const events = await loggedEvents(store);
    expect(events.map(({ payload }) => [payload["scope"], payload["word"], payload["idea"] ?? null])).toEqual([
      ["repository", "paused", null],
      ["idea", "stopped", "i1"],
      ["repository", null, null],
    ]);
  });

  test("[RUN-12] saying the same again changes nothing, a stop outdoes a pause, and a pause never weakens a stop", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const set = (word: "paused" | "stopped") =>
      store.write(STAMP, (tx) => setControl(tx, { scope: all, word, reason: REASON }));
    const first = await set("paused");
    clock.advance(1000);
    expect(await set("paused")).toEqual(first);
    expect(await set("stopped")).toMatchObject({ word: "stopped", at: instantOf(SUITE_START + 1000) });
    clock.advance(1000);
    expect(await set("paused")).toMatchObject({ word: "stopped", at: instantOf(SUITE_START + 1000) });
    const events = await loggedEvents(store);
    expect(events.map(({ payload }) => payload["word"])).toEqual(["paused", "stopped"]);
  });
});
