import { useState } from "react";

interface Settled<Row> {
  /** Rows the reader has seen arrive, as they are now. */
  readonly settled: readonly Row[];
  /** How many rows came since. */
  readonly waiting: number;
  readonly settle: () => void;
}

/** Keeps a list from jumping: rows that arrive while it is open wait until the reader asks for them; the others stay current. */
export function useSettled<Row extends { readonly id: string }>(rows: readonly Row[]): Settled<Row> {
  const [known, setKnown] = useState(() => idsOf(rows));
  const settled = rows.filter((row) => known.has(row.id));
  return { settled, waiting: rows.length - settled.length, settle: () => setKnown(idsOf(rows)) };
}

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.id));
}
