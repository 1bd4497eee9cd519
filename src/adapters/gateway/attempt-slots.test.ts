import { expect, test } from "vitest";
import { idOf } from "../../model/ids.ts";
import { AttemptSlots } from "./attempt-slots.ts";

const [ONE, TWO] = [idOf.attempt("one"), idOf.attempt("two")];

test("[GWY-3] a slot goes to who has waited longest, and one attempt takes none of another's", async () => {
  const slots = new AttemptSlots({ inFlight: 1, waitMs: 60_000 });
  const first = await slots.take(ONE);
  const order: string[] = [];
  const waits = ["second", "third"].map(async (name) => {
    using slot = await slots.take(ONE);
    if (slot !== null) order.push(name);
  });
  using other = await slots.take(TWO);
  expect(other).not.toBeNull();
  expect(order).toEqual([]);
  first?.[Symbol.dispose]();
  await Promise.all(waits);
  expect(order).toEqual(["second", "third"]);
  using again = await slots.take(ONE);
  expect(again).not.toBeNull();
});

test("[GWY-3] who waits too long gets none, and leaves nothing taken", async () => {
  const slots = new AttemptSlots({ inFlight: 1, waitMs: 1 });
  const first = await slots.take(ONE);
  expect(await slots.take(ONE)).toBeNull();
  first?.[Symbol.dispose]();
  expect(await slots.take(ONE)).not.toBeNull();
});
