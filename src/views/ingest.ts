import type { UnreadableLine } from "../model/trace.ts";
import type { IngestRow } from "./shapes/ingest.ts";

/** What a run of ingest counted. */
export interface IngestFacts {
  readonly files: number;
  readonly bytes: number;
  readonly sessions: { readonly size: number };
  readonly turns: number;
  readonly calls: number;
  readonly unreadable: number;
  readonly unchanged: number;
  readonly seconds: number;
  readonly unknownTypes: ReadonlyMap<string, number>;
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  readonly unreadableLines: readonly UnreadableLine[];
}

export function ingestRow(facts: IngestFacts): IngestRow {
  return {
    files: facts.files,
    bytes_read: facts.bytes,
    sessions: facts.sessions.size,
    turns: facts.turns,
    tool_calls: facts.calls,
    unreadable: facts.unreadable,
    unchanged: facts.unchanged,
    seconds: Math.round(facts.seconds * 1000) / 1000,
    unknown_types: Object.fromEntries(facts.unknownTypes),
    problems: facts.problems,
    unreadable_lines: facts.unreadableLines,
  };
}
