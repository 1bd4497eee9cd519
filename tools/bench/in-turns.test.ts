import { expect, test } from "vitest";
import { inTurns, least, most } from "./in-turns.ts";

test("[SPD-1] contestants take turns, and every run of each is kept in order", async () => {
  const order: string[] = [];
  const contestant = (name: string) => () => Promise.resolve(order.push(name));
  const runs = await inTurns(3, { ours: contestant("ours"), peer: contestant("peer") });
  expect(order).toEqual(["ours", "peer", "ours", "peer", "ours", "peer"]);
  expect(runs).toEqual({ ours: [1, 3, 5], peer: [2, 4, 6] });
});

test("[SPD-1] the best run counts: the least cost, the most gain", () => {
  const runs = [{ seconds: 3 }, { seconds: 1 }, { seconds: 2 }];
  expect(least(runs, ({ seconds }) => seconds)).toBe(1);
  expect(most(runs, ({ seconds }) => seconds)).toBe(3);
});
