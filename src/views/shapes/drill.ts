/** One guard, and whether it works. */
export interface DrillRow {
  readonly guard: string;
  /** In the scratch store, a moment ago. */
  readonly fired: boolean;
  /** Why it did not; `null` when it did. */
  readonly why: string | null;
  /** When it last held something back in the real store; `null`: never, or there is no store. */
  readonly last_real: string | null;
  /** How often it did. */
  readonly times_real: number;
  readonly holds: string;
}
