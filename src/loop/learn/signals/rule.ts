import type { CallId, TurnId } from "../../../model/ids.ts";
import type { Redacted } from "../../../model/redacted.ts";
import type { SignalCategory, SignalDetector } from "../../../model/signal.ts";
import type { Place, SessionTrace } from "../../../model/trace.ts";

/** Who says that a rule or a number is so: the predecessor's table, our published interface, or this project. */
export type Source = "predecessor" | "interface" | "own";

/** One place where a rule holds. */
export interface Finding {
  /** The line that shows it; for a thread-wide finding the line that completed the pattern. */
  readonly place: Place;
  readonly turnId: TurnId | null;
  readonly callId: CallId | null;
  /** A property of the whole thread: at most one per session and category, with seq 0. */
  readonly threadWide: boolean;
  readonly description: Redacted;
}

/** How to find one category of friction or delight in a trace. Pure: the same trace gives the same findings. */
export interface SignalRule {
  readonly category: SignalCategory;
  /** Counts up when the same trace may give other findings than before. */
  readonly version: number;
  /** 0 (a shrug) to 1 (a lost session). */
  readonly severity: number;
  readonly detector: SignalDetector;
  /** One sentence for people. */
  readonly definition: string;
  readonly source: Source;
  find(trace: SessionTrace): readonly Finding[];
}

/** A row that a finding can point to: a turn, a call, a message or a mark. */
type Row = Place & { readonly turnId: TurnId | null; readonly callId?: CallId | null };

/** A finding at the line of a row. */
export function findingAt(row: Row, description: Redacted): Finding {
  return {
    place: { segment: row.segment, offset: row.offset, line: row.line },
    turnId: row.turnId,
    callId: row.callId ?? null,
    threadWide: false,
    description,
  };
}

/** A finding about the whole thread, with the row that completed the pattern as its evidence. */
export function threadFinding(row: Row, description: Redacted): Finding {
  return { ...findingAt(row, description), threadWide: true };
}
