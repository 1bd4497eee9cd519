import type { MicroDollars } from "./money.ts";

/** What one model's tokens cost from a day on; the newest row that is not in the future of a response prices it. */
export type PriceRow = {
  readonly model: string;
  /** The first UTC day it holds, `2026-11-01`. */
  readonly from: string;
  /** Per million input tokens that were not cached. */
  readonly input: MicroDollars;
  /** Per million cached input tokens. */
  readonly cached_input: MicroDollars;
  /** Per million output tokens, reasoning included. */
  readonly output: MicroDollars;
};
