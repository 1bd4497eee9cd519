import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedClock, systemClock } from "../../src/kit/clock.ts";
import { GUARD_NAMES, type GuardName } from "../../src/model/guard.ts";
import { microDollarsOf } from "../../src/model/money.ts";
import { instantOf } from "../../src/model/time.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { DRILLED, fireDrill } from "../../src/loop/drill/drills.ts";
import { drillWorld } from "../../src/loop/drill.ts";
import { drillRows } from "../../src/views/drill.ts";
import { roleCard } from "../../src/world/role-cards.ts";
import { defaultSettings } from "../fakes/default-settings.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const AROUND = {
  clock: systemClock,
  settings: await defaultSettings(),
  redact: redactor({ salt: "x", known: [] }),
  roleCard,
};

const works = (guard: GuardName) => ({ guard, fired: true, why: null });
const inert = (guard: GuardName) => ({ guard, fired: false, why: "it let through what it is there for" });

storeSuite("drills", (open) => {
  test.each(GUARD_NAMES)(
    "[OPS-2] %s holds back what it guards against, and is noted by the door it stands at",
    async (guard) => {
      const clock = fixedClock(SUITE_START);
      await using store = await open({ clock });
      expect(await fireDrill(guard, drillWorld(AROUND, store, clock))).toEqual(works(guard));
    },
  );

  test.each(["cap/idea/tokens", "breaker", "cap/month/usd"] as const)(
    "[OPS-2] tight settings of a person do not make %s look broken",
    async (guard) => {
      const tight = {
        "caps.attempt.tokens": 1,
        "caps.task.sessions": 1,
        "caps.day.usd": microDollarsOf(1),
        max_parallel: 1,
      };
      const around = { ...AROUND, settings: await defaultSettings(tight) };
      const clock = fixedClock(SUITE_START);
      await using store = await open({ clock });
      expect(await fireDrill(guard, drillWorld(around, store, clock))).toEqual(works(guard));
    },
  );

  test("[OPS-2] a door that lets everything through is found out", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = drillWorld(AROUND, store, clock);
    const openDoors = { ...world, isAdmitted: async () => true };
    expect(await fireDrill("token/forged", openDoors)).toEqual(inert("token/forged"));
    const deaf = {
      ...world,
      watch: () => ({ takeTurn: () => true, countToolCall: () => {}, [Symbol.dispose]: () => {} }),
    };
    for (const guard of ["cap/attempt/turns", "cap/attempt/tool_calls"] as const)
      expect(await fireDrill(guard, deaf)).toEqual(inert(guard));
    const shut = { ...world, dispatch: () => Promise.resolve([]) };
    expect(await fireDrill("breaker", shut), "a drill that cannot even begin").toEqual({
      guard: "breaker",
      fired: false,
      why: "the drill's work was not dispatched",
    });
    const noted = { ...world, isAdmitted: async () => false };
    expect(await fireDrill("token/forged", noted), "held back, and nobody noted it").toMatchObject({
      fired: false,
      why: "nobody noted that it fired",
    });
  });
});

test("[OPS-2] every guard is drilled, and no drill notes a guard itself", async () => {
  expect(DRILLED).toEqual(GUARD_NAMES);
  const folder = join(import.meta.dirname, "../../src/loop/drill");
  for (const name of await readdir(folder))
    expect(await readFile(join(folder, name), "utf8"), name).not.toMatch(/note-guard-fired|note-ended-by|refuse-token/);
});

test("[OPS-2] beside each drill stands when the guard last held something back in earnest", () => {
  const drilled = [
    { guard: "pause", fired: true, why: null },
    { guard: "stop", fired: false, why: "broken" },
  ] as const;
  const real = [{ name: "stop", times: 2, lastAt: instantOf(SUITE_START), subject: "t" }];
  expect(drillRows(drilled, real)).toEqual([
    { guard: "pause", fired: true, why: null, last_real: null, times_real: 0, holds: expect.stringContaining("pause") },
    {
      guard: "stop",
      fired: false,
      why: "broken",
      last_real: instantOf(SUITE_START),
      times_real: 2,
      holds: expect.any(String),
    },
  ]);
});
