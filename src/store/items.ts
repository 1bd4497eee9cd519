import type { Place } from "../model/trace.ts";

/** Rows with their ordinal among those of the same line. Rows of one line must come in one call, in their order. */
export function withItems<Row extends Place & { readonly sessionId: string }>(
  rows: readonly Row[],
): readonly { readonly row: Row; readonly item: number }[] {
  const next = new Map<string, number>();
  return rows.map((row) => {
    const line = `${row.sessionId} ${row.segment} ${row.offset}`;
    const item = next.get(line) ?? 0;
    next.set(line, item + 1);
    return { row, item };
  });
}
