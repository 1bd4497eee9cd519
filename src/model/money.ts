declare const microDollars: unique symbol;

/** Money as whole millionths of a US dollar; never a fraction, so sums are exact. */
export type MicroDollars = number & { readonly [microDollars]: true };

export function microDollarsOf(amount: number): MicroDollars {
  return Math.round(amount) as MicroDollars;
}

/** US dollars for people and JSON, e.g. `0.0123`; unknown stays `null`. */
export function dollarsOf(amount: MicroDollars | null): number | null {
  return amount === null ? null : amount / 1_000_000;
}
