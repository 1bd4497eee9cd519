import { expect, test } from "vitest";
import { capScopeOf } from "../../model/cap.ts";
import { idOf } from "../../model/ids.ts";
import { defaultSettings } from "../../../test/fakes/default-settings.ts";
import { attemptCapsOf } from "./attempt-caps.ts";

const settings = await defaultSettings();
const NOTHING = { settings, profile: {}, idea: {}, around: [] };
const idea = capScopeOf.idea(idOf.idea("i"));
const day = capScopeOf.day("2026-11-20");

test("[RUN-5] without wishes the settings' caps hold", () => {
  expect(attemptCapsOf(NOTHING)).toEqual({
    minutes: 45,
    turns: 8,
    responses: 200,
    toolCalls: 400,
    tokens: 2_000_000,
    microDollars: 3_000_000,
  });
});

test("[RUN-5] profile and idea can only lower them, and the lowest counts", () => {
  const profile = { minutes: 60, turns: 3, tokens: 500_000 };
  const caps = attemptCapsOf({ ...NOTHING, profile, idea: { turns: 5, tokens: 400_000, microDollars: 9_000_000 } });
  expect(caps).toMatchObject({ minutes: 45, turns: 3, tokens: 400_000, microDollars: 3_000_000 });
});

test("[RUN-5] it gets no more than what is left of every cap around it", () => {
  const around = [
    { scope: idea, unit: "tokens", cap: 1_000_000, extended: 0, spent: 300_000, reserved: 100_000 },
    { scope: idea, unit: "usd", cap: null, extended: 0, spent: 50, reserved: 0 },
    { scope: day, unit: "usd", cap: 10, extended: 0, spent: 2, reserved: 1 },
  ] as const;
  expect(attemptCapsOf({ ...NOTHING, around })).toMatchObject({ tokens: 600_000, microDollars: 7 });
});

test("[RUN-5] what a person adds to the idea's cap raises the next attempt's own, never above what is left", () => {
  const extended = (by: number) => [
    { scope: idea, unit: "tokens", cap: 6_000_000 + by, extended: by, spent: 0, reserved: 0 } as const,
    { scope: day, unit: "tokens", cap: 5_000_000, extended: 0, spent: 0, reserved: 0 } as const,
  ];
  expect(attemptCapsOf({ ...NOTHING, around: extended(1_000_001) }).tokens).toBe(3_000_001);
  expect(attemptCapsOf({ ...NOTHING, around: extended(4_000_000) }).tokens).toBe(5_000_000);
  expect(attemptCapsOf({ ...NOTHING, idea: { tokens: 500 }, around: extended(700) }).tokens).toBe(1_200);
});
