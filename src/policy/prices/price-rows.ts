/**
 * Built-in prices per million tokens, standard tier, as the provider published them (API price page and the Codex rate
 * card, seen May and June 2026; the two agree). No change of a price is known, so every row holds from a day before its
 * model came out. A model that is not here has no price: a person adds it under `prices` in the user file.
 */
import { microDollarsOf } from "../../model/money.ts";
import type { PriceRow } from "../../model/price.ts";

const FROM = "2025-08-01";

/** US dollars per million tokens: input, cached input, output. */
const DOLLARS: { readonly [model: string]: readonly [number, number, number] } = {
  "gpt-5.5": [5, 0.5, 30],
  "gpt-5.4": [2.5, 0.25, 15],
  "gpt-5.4-mini": [0.75, 0.075, 4.5],
  "gpt-5.3-codex": [1.75, 0.175, 14],
  "gpt-5.2": [1.75, 0.175, 14],
  "gpt-5.2-codex": [1.75, 0.175, 14],
  "gpt-5.1": [1.25, 0.125, 10],
  "gpt-5.1-codex": [1.25, 0.125, 10],
  "gpt-5.1-codex-max": [1.25, 0.125, 10],
  "gpt-5": [1.25, 0.125, 10],
  "gpt-5-codex": [1.25, 0.125, 10],
};

export const PRICE_ROWS: readonly PriceRow[] = Object.entries(DOLLARS).map(([model, [input, cached, output]]) => ({
  model,
  from: FROM,
  input: microDollarsOf(input * 1_000_000),
  cached_input: microDollarsOf(cached * 1_000_000),
  output: microDollarsOf(output * 1_000_000),
}));
