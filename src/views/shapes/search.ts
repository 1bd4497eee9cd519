export interface SearchRow {
  readonly session_id: string;
  readonly turn_id: string | null;
  readonly segment: string;
  readonly line: number;
  readonly excerpt: string;
  /** Higher is better; comparable only within one answer. */
  readonly score: number;
  readonly source: "message" | "command";
  /** Found in one of the recordings we ship. */
  readonly sample: boolean;
}
