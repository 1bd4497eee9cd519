import { GUARDS, type GuardName, type GuardRecord } from "../model/guard.ts";
import type { DrillRow } from "./shapes/drill.ts";

/** What a drill showed beside what the real store noted. */
export function drillRows(
  drilled: readonly { readonly guard: GuardName; readonly fired: boolean; readonly why: string | null }[],
  real: readonly GuardRecord[],
): readonly DrillRow[] {
  return drilled.map(({ guard, fired, why }) => {
    const noted = real.find(({ name }) => name === guard);
    return {
      guard,
      fired,
      why,
      last_real: noted?.lastAt ?? null,
      times_real: noted?.times ?? 0,
      holds: GUARDS[guard],
    };
  });
}
