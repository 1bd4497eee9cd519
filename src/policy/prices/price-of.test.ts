import { expect, test } from "vitest";
import { microDollarsOf } from "../../model/money.ts";
import { instantOf } from "../../model/time.ts";
import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import { priceOfRows } from "./price-of.ts";

const counts: TokenCounts = {
  ...NO_TOKENS,
  input: 3_000_000,
  cachedInput: 1_000_000,
  output: 500_000,
  reasoning: 200_000,
  total: 3_500_000,
};
const at = instantOf(Date.parse("2026-05-01T12:00:00Z"));

test("[SIG-9] cached input has its own price and reasoning is part of output", () => {
  expect(priceOfRows()("gpt-5.5", counts, at)).toBe(2 * 5_000_000 + 500_000 + 15_000_000);
});

test("[SIG-9] a model without a row has no price, which is not zero", () => {
  expect(priceOfRows()("gpt-of-next-year", counts, at)).toBeNull();
  expect(priceOfRows()(null, counts, at)).toBeNull();
});

test("[SIG-9] the newest row that is not in the future of the response prices it", () => {
  const row = (from: string, input: number) => ({
    model: "m",
    from,
    input: microDollarsOf(input),
    cached_input: microDollarsOf(0),
    output: microDollarsOf(0),
  });
  const priceOf = priceOfRows([row("2026-01-01", 1_000), row("2026-05-01", 2_000), row("2026-06-01", 9_000)]);
  const million = { ...NO_TOKENS, input: 1_000_000 };
  expect(priceOf("m", million, at)).toBe(2_000);
  expect(priceOf("m", million, instantOf(Date.parse("2026-02-01T00:00:00Z")))).toBe(1_000);
  expect(priceOf("m", million, instantOf(Date.parse("2025-12-31T23:59:59Z")))).toBeNull();
});

test("[SIG-9] a person's own rows stand before the built-in ones", () => {
  const own = {
    model: "gpt-5.5",
    from: "2025-01-01",
    input: microDollarsOf(1),
    cached_input: microDollarsOf(1),
    output: microDollarsOf(1),
  };
  expect(priceOfRows([own])("gpt-5.5", { ...NO_TOKENS, input: 1_000_000 }, at)).toBe(1);
});
