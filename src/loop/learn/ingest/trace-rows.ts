import type { SegmentName, SessionId } from "../../../model/ids.ts";
import type { Mark, Message, Segment, Session, TokenUsage, ToolCall, Turn, UnreadableLine } from "../../../model/trace.ts";

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

  putTurn(turn: Turn): void {
    this.turns.set(`${turn.sessionId} ${turn.segment} ${turn.offset} ${turn.turnId}`, turn);
  }

  putCall(call: ToolCall): void {
    this.calls.set(`${call.sessionId} ${call.segment} ${call.offset} ${call.callId}`, call);
  }

  putSegment(segment: Segment): void {
    this.segments.set(`${segment.sessionId} ${segment.name}`, segment);
  }

  /** Rows of every kind: what a batch is measured by. */
  get size(): number {
    return (
      this.turns.size + this.calls.size + this.messages.length + this.usage.length + this.marks.length + this.unreadable.length
    );
  }
}

/** Which file rows are being made from. */
export interface SegmentFacts {
  readonly name: SegmentName;
  readonly path: string;
}
