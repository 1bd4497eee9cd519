import { expect, test } from "vitest";
import { countIn, usageKeyIn, wordIn } from "./address.ts";

test("an address that says nonsense still opens its screen", () => {
  expect(countIn({ seq: "12" }, "seq")).toEqual({ seq: 12 });
  expect([{ seq: "-1" }, { seq: "x" }, { seq: "" }, {}].map((raw) => countIn(raw, "seq"))).toEqual([{}, {}, {}, {}]);
  expect(wordIn({ q: "a b" }, "q")).toEqual({ q: "a b" });
  expect(wordIn({ q: "" }, "q")).toEqual({});
  expect(usageKeyIn({ by: "model" })).toEqual({ by: "model" });
  expect(usageKeyIn({ by: "moon" })).toEqual({});
});
