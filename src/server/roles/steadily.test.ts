import { expect, test } from "vitest";
import { FailureError } from "../../model/failure.ts";
import { RoleHealth } from "./role-health.ts";
import { repeatedly } from "./repeatedly.ts";

const BUSY = { code: "try_later", message: "busy", cause: "", hint: "", retry: "later" } as const;

interface Seen {
  readonly told: string[];
  readonly rests: number[];
  readonly failing: (readonly string[])[];
}

/** Plays a role whose rounds end in these ways, one after the other; `null` is a good one. */
async function played(ways: readonly (Error | null)[]): Promise<Seen> {
  const stop = new AbortController();
  const seen: Seen = { told: [], rests: [], failing: [] };
  const health = new RoleHealth();
  const left = [...ways];
  const round = async (): Promise<void> => {
    const way = left.shift() ?? null;
    if (way !== null) throw way;
  };
  await repeatedly(round, {
    role: "dispatch",
    health,
    stop: stop.signal,
    waits: (failure) => seen.told.push(failure.message),
    broke: (error) => seen.told.push(String(error)),
    rest: async (ms) => void seen.rests.push(ms),
    changed: async () => {
      seen.failing.push(health.failing);
      if (left.length === 0) stop.abort();
    },
  });
  return seen;
}

test("[RUN-11] a role outlives a round that ends with a bug, and tells each cause once", async () => {
  const seen = await played([new Error("one"), new Error("one"), new Error("two"), null, new Error("one")]);
  expect(seen.told).toEqual(["Error: one", "Error: two", "Error: one"]);
  expect(seen.failing).toEqual([["dispatch"], ["dispatch"], ["dispatch"], [], ["dispatch"]]);
});

test("[RUN-11] a role that keeps failing rests longer each time, up to a minute, and is quick again once it works", async () => {
  const bugs = Array.from({ length: 8 }, () => new Error("one"));
  const seen = await played([...bugs, null, new Error("one")]);
  expect(seen.rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 1_000]);
});

test("[RUN-11] a store that is busy is waited for and is no bug", async () => {
  const seen = await played([new FailureError(BUSY), null]);
  expect(seen).toEqual({ told: ["busy"], rests: [], failing: [[], []] });
});
