import type { SignalCategory } from "../../../src/model/signal.ts";
import type { TraceBuilder } from "../session-trace.ts";

/** Small traces that show a category, and near misses that must not. */
export interface Cases {
  readonly has: { readonly [name: string]: TraceBuilder };
  readonly not: { readonly [name: string]: TraceBuilder };
}

export type CasesByCategory = { readonly [category in SignalCategory]?: Cases };

/** One case as a row for `test.for`. */
export interface CaseRow {
  readonly category: string;
  readonly name: string;
  readonly trace: TraceBuilder;
  readonly found: boolean;
}

export function rowsOf(cases: CasesByCategory): readonly CaseRow[] {
  return Object.entries(cases).flatMap(([category, { has, not }]) => [
    ...Object.entries(has).map(([name, trace]): CaseRow => ({ category, name, trace, found: true })),
    ...Object.entries(not).map(([name, trace]): CaseRow => ({ category, name, trace, found: false })),
  ]);
}
