import type { MeterRow, MeterUnit } from "../../../src/views/shapes/budget.ts";
import { dollars, tokens, whole } from "./words.ts";

/** An amount in the words of its unit. */
export function amountOf(unit: MeterUnit, amount: number): string {
  if (unit === "usd") return dollars(amount);
  if (unit === "tokens") return tokens(amount);
  return unit === "minutes" ? `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} min` : whole(amount);
}

/** How much of a limit is spoken for, spent and reserved; 0 where there is no limit. */
export function shareOf({ spent, reserved, cap }: MeterRow): number {
  if (cap === null) return 0;
  const used = (spent ?? 0) + reserved;
  return cap === 0 ? Number(used > 0) : used / cap;
}

/** The limit that is nearest to its end; `null` where there is none. */
export function fullest(caps: readonly MeterRow[]): MeterRow | null {
  const limited = caps.filter((row) => row.cap !== null);
  return limited.toSorted((left, right) => shareOf(right) - shareOf(left))[0] ?? null;
}
