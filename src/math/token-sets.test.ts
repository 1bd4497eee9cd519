import { expect, test } from "vitest";
import { overlap, tokenSet } from "./token-sets.ts";

test("[SIG-3] word sets ignore case, order and punctuation", () => {
  expect(overlap(tokenSet("Fix the login page!"), tokenSet("the LOGIN page: fix"))).toBe(1);
});

test("[SIG-3] overlap is the share of common words", () => {
  expect(overlap(tokenSet("a b c"), tokenSet("b c d"))).toBe(0.5);
  expect(overlap(tokenSet("a"), tokenSet("b"))).toBe(0);
  expect(overlap(tokenSet("…"), tokenSet(""))).toBe(0);
});

test("[SIG-3] an apostrophe does not split a word", () => {
  expect([...tokenSet("don't stop")]).toEqual(["don't", "stop"]);
});
