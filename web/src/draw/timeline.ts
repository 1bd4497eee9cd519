/** The timeline of a session as the page draws it: canonical rows, with what belongs to each derived beside them. */
import type { SessionDetail, TimelineRow, ToolCallRow } from "../../../src/views/shapes/session.ts";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import { firstFrom } from "./first-from.ts";
import { timeScale, type Place, type Span, type TimeScale } from "./time-scale.ts";

export interface TimelineItem {
  readonly row: TimelineRow;
  /** Where the row stands in the recording; `null` where the segments do not reach that far. */
  readonly place: { readonly path: string; readonly line: number } | null;
  /** 0 for what the agent called itself, 1 for calls inside a code cell, and so on. */
  readonly depth: number;
  /** Signals whose line this is, or whose line is hidden and this is the last shown before it. */
  readonly signals: readonly SignalRow[];
  /** Place on the waterfall; `null` for rows without a start and a duration. */
  readonly bar: Place | null;
}

export interface DrawnTimeline {
  readonly items: readonly TimelineItem[];
  /** Signals of the session as a whole, which stand on no line. */
  readonly whole: readonly SignalRow[];
  readonly scale: TimeScale | null;
}

export function drawTimeline({
  timeline,
  signals,
  segments,
}: Pick<SessionDetail, "timeline" | "signals" | "segments">): DrawnTimeline {
  const calls = new Map(
    timeline.flatMap((row) => (row.kind === "call" ? [[row.call.call_id, row.call] as const] : [])),
  );
  const scale = timeScale([...calls.values()].flatMap((call) => spanOf(call) ?? []));
  const pinned = Map.groupBy(
    signals.filter((signal) => signal.seq > 0),
    (signal) => indexOfSeq(timeline, signal.seq),
  );
  const items = timeline.map((row, index) => ({
    row,
    place: lineOfSeq(segments, row.seq),
    depth: row.kind === "call" ? depthOf(row.call, calls) : 0,
    signals: pinned.get(index) ?? [],
    bar: row.kind === "call" ? barOf(row.call, scale) : null,
  }));
  return { items, whole: signals.filter((signal) => signal.seq <= 0), scale };
}

/** The row that stands at line `seq`, or the last one before it; -1 in an empty timeline. */
export function indexOfSeq(timeline: readonly { readonly seq: number }[], seq: number): number {
  const index = firstFrom(timeline, seq, (row) => row.seq);
  if (timeline.length === 0) return -1;
  return timeline[index]?.seq === seq ? index : Math.max(0, index - 1);
}

/** Line count over all segments of line `line` of a segment; `null` for a segment the session does not have. */
export function seqOfLine(segments: SessionDetail["segments"], segment: string, line: number): number | null {
  const index = segments.findIndex((item) => item.name === segment);
  if (index === -1) return null;
  return segments.slice(0, index).reduce((sum, item) => sum + item.lines, 0) + line;
}

/** The file and line that `seq` counts to; `null` for 0 and beyond the last segment. */
export function lineOfSeq(
  segments: SessionDetail["segments"],
  seq: number,
): { readonly path: string; readonly line: number } | null {
  if (seq < 1) return null;
  let before = 0;
  for (const segment of segments) {
    if (seq <= before + segment.lines) return { path: segment.path, line: seq - before };
    before += segment.lines;
  }
  return null;
}

function depthOf(call: ToolCallRow, calls: ReadonlyMap<string, ToolCallRow>): number {
  let depth = 0;
  let parent = call.parent_call_id;
  // Bounded: a recording may claim that two calls are each other's parent.
  while (parent !== null && depth < 4) {
    depth += 1;
    parent = calls.get(parent)?.parent_call_id ?? null;
  }
  return depth;
}

function spanOf({ started_at, duration_ms }: ToolCallRow): Span | null {
  if (started_at === null || duration_ms === null) return null;
  const start = Date.parse(started_at);
  return Number.isNaN(start) ? null : { start, end: start + duration_ms };
}

function barOf(call: ToolCallRow, scale: TimeScale | null): Place | null {
  const span = spanOf(call);
  return span === null || scale === null ? null : scale.placeOf(span);
}
