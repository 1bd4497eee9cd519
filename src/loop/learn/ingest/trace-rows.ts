import type { SegmentName, SessionId } from "../../../model/ids.ts";
import type {
  Mark,
  Message,
  Segment,
  Session,
  TokenUsage,
  ToolCall,
  Turn,
  UnreadableLine,
} from "../../../model/trace.ts";

/** Rows that wait to be written together. Maps where a row may be said twice before it is written: the last word wins. */
export class TraceRows {
  readonly sessions: Map<SessionId, Session> = new Map();
  readonly segments: Map<string, Segment> = new Map();
  readonly turns: Map<string, Turn> = new Map();
  readonly calls: Map<string, ToolCall> = new Map();
  readonly messages: Message[] = [];
  readonly usage: TokenUsage[] = [];
  readonly marks: Mark[] = [];
  readonly unreadable: UnreadableLine[] = [];
  /** Turns and calls that began in this run; a growing file says some rows twice, but each begins once. */
  readonly begun: { turns: number; calls: number } = { turns: 0, calls: 0 };

  putTurn(turn: Turn): void {
    this.turns.set(`${turn.sessionId} ${turn.segment} ${turn.offset} ${turn.turnId}`, turn);
  }

  putCall(call: ToolCall): void {
    this.calls.set(`${call.sessionId} ${call.segment} ${call.offset} ${call.callId}`, call);
  }

  putSegment(segment: Segment): void {
    this.segments.set(`${segment.sessionId} ${segment.name}`, segment);
  }

  clear(): void {
    for (const rows of [this.sessions, this.segments, this.turns, this.calls]) rows.clear();
    for (const rows of [this.messages, this.usage, this.marks, this.unreadable]) rows.length = 0;
  }

  /** Rows of every kind: what a batch is measured by. */
  get size(): number {
    return (
      this.turns.size +
      this.calls.size +
      this.messages.length +
      this.usage.length +
      this.marks.length +
      this.unreadable.length
    );
  }
}

/** Which file rows are being made from. */
export interface SegmentFacts {
  readonly name: SegmentName;
  readonly path: string;
}
