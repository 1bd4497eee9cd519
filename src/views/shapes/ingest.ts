/** What one call of `ingest` did. Counts are per call. */
export interface IngestRow {
  /** Files read in this call. */
  readonly files: number;
  /** Decompressed bytes of the lines read in this call. */
  readonly bytes_read: number;
  /** Sessions touched. */
  readonly sessions: number;
  readonly turns: number;
  readonly tool_calls: number;
  readonly unreadable: number;
  /** Files that had nothing new. */
  readonly unchanged: number;
  readonly seconds: number;
  /** Line types no reader knows, with how often they were met. */
  readonly unknown_types: { readonly [type: string]: number };
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  readonly unreadable_lines: readonly {
    readonly path: string;
    readonly offset: number;
    readonly line: number;
    readonly reason: string;
  }[];
}
