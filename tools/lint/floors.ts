/**
 * The house of `docs/loop.md`: a room imports only rooms on lower floors, and rooms on one floor never import each
 * other. The first pattern that matches a path decides; what its brackets catch is the room's name.
 */
const FLOORS: readonly (readonly [floor: number, room: RegExp])[] = [
  [10, /^src\/(main\.ts)$/],
  [9, /^src\/(cli)\//],
  [8, /^src\/(server|world)\//],
  [7, /^src\/(loop|upkeep)\/[^/]+\.ts$/],
  [6, /^src\/(loop\/learn\/[^/]+|loop\/[^/]+|upkeep\/[^/]+|adapters\/[^/]+|views|runner)\//],
  [5, /^src\/(ports|guard)\//],
  [4, /^src\/(store)\//],
  [3, /^src\/(policy|formats|config|math)\//],
  [2, /^src\/(model)\//],
  [1, /^src\/(kit)\//],
];

export interface Room {
  readonly floor: number;
  /** `kit`, `loop/intake`, `loop/learn/ingest`, `adapters/sqlite`, … */
  readonly name: string;
}

/** The room a file of `src/` stands in; `null` when the house has no such room. */
export function roomOf(path: string): Room | null {
  for (const [floor, pattern] of FLOORS) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined) return { floor, name };
  }
  return null;
}
