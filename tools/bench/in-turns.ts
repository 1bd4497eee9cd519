/**
 * Runs every contestant once a round, one after the other, so that a noisy neighbour disturbs all of them alike. All runs
 * of each, in order.
 */
export async function inTurns<Name extends string, Run>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<Run>>>,
): Promise<Readonly<Record<Name, readonly Run[]>>> {
  const names = Object.keys(contestants) as Name[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Name, Run[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) runs[name].push(await contestants[name]());
  }
  return runs;
}

/** The least of what `cost` says of the runs: noise only ever adds. */
export function least<Run>(runs: readonly Run[], cost: (run: Run) => number): number {
  return Math.min(...runs.map(cost));
}

/** The most of what `gain` says of the runs. */
export function most<Run>(runs: readonly Run[], gain: (run: Run) => number): number {
  return Math.max(...runs.map(gain));
}
