import type { SessionId } from "../../../model/ids.ts";
import type { UnreadableLine } from "../../../model/trace.ts";
import type { RecordingProblem } from "../../../ports/recordings.ts";

/** What one run did; grows while it runs. */
export interface IngestTally {
  files: number;
  bytes: number;
  readonly sessions: Set<SessionId>;
  turns: number;
  calls: number;
  unreadable: number;
  readonly unchanged: number;
  seconds: number;
  readonly unknownTypes: Map<string, number>;
  readonly problems: RecordingProblem[];
  /** The first few unreadable lines, to show; all of them are in the store. */
  readonly unreadableLines: UnreadableLine[];
}

export const SHOWN_UNREADABLE_LINES: number = 20;

export function newTally(unchanged: number, problems: readonly RecordingProblem[]): IngestTally {
  return {
    files: 0,
    bytes: 0,
    sessions: new Set(),
    turns: 0,
    calls: 0,
    unreadable: 0,
    unchanged,
    seconds: 0,
    unknownTypes: new Map(),
    problems: [...problems],
    unreadableLines: [],
  };
}
