/** How many of `n` observations hit; what was only simulated is counted apart and never among them. */
export interface Tally {
  readonly hits: number;
  readonly n: number;
  readonly simulated: number;
}

export function tallyOf(rows: readonly { readonly hit: boolean; readonly simulated: boolean }[]): Tally {
  const real = rows.filter((row) => !row.simulated);
  return { hits: real.filter((row) => row.hit).length, n: real.length, simulated: rows.length - real.length };
}
