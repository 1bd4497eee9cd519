/**
 * One end per call, whatever a format tells twice. A call begins → its item is kept → its output ends it, with the
 * files the item named. An item of an ended call says nothing new; an item of a call that never began is its whole
 * life; an item whose output never comes ends its call when the thread ends. An output that says "still running" ends
 * nothing.
 */
import type { CallItem, CallStarted, CallVerdict, TraceRecord } from "../record.ts";
import type { CallShape } from "./call-body.ts";

/** A call at its end; `shape` is `null` for an output whose call the recording does not have. */
export interface EndedCall {
  readonly at: CallItem["at"];
  readonly callId: string;
  readonly shape: CallShape | null;
  readonly verdict: CallVerdict;
}

export class OpenCalls {
  readonly #open = new Map<string, { readonly begun: CallStarted; readonly item: CallItem | null }>();
  readonly #ended = new Set<string>();

  begin(begun: CallStarted): void {
    this.#open.set(begun.callId, { begun, item: null });
  }

  /** The call that is open under this id. */
  shapeOf(callId: string | null): CallShape | null {
    return this.#open.get(callId ?? "")?.begun ?? null;
  }

  /** The end this record is, or `null` when it is none. */
  end(record: Extract<TraceRecord, { kind: "call_ended" | "call_item" }>): EndedCall | null {
    const call = this.#open.get(record.callId);
    if (record.kind === "call_item") {
      if (call !== undefined) this.#open.set(record.callId, { ...call, item: record });
      return call !== undefined || this.#ended.has(record.callId) ? null : this.#close(record, record);
    }
    if (record.verdict.outcome === "running") return null;
    return this.#close(record, call === undefined ? null : shapeOf(call));
  }

  /** Ends of the calls whose item was all that came. */
  *rest(): Generator<EndedCall> {
    for (const call of this.#open.values()) {
      if (call.item !== null) yield this.#close(call.item, shapeOf(call));
    }
  }

  #close(record: Pick<CallItem, "at" | "callId" | "verdict">, shape: CallShape | null): EndedCall {
    const { at, callId, verdict } = record;
    this.#open.delete(callId);
    this.#ended.add(callId);
    return { at, callId, shape, verdict };
  }
}

function shapeOf({ begun, item }: { readonly begun: CallStarted; readonly item: CallItem | null }): CallShape {
  return item === null || item.changes.length === 0 ? begun : { ...begun, changes: item.changes };
}
