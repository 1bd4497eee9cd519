import { objectAt, stringAt } from "../../kit/json.ts";
import type { SpineLine } from "./spine-line.ts";

/** One event as the handlers see it: its fields, whether they stood in `msg` or in `msg.payload`. */
export interface SpineEvent {
  readonly at: SpineLine["at"];
  readonly type: string;
  readonly turnId: string | null;
  readonly fields: Record<string, unknown>;
}

/** Names the predecessors gave to one thing at different times. */
const RENAMED: { readonly [type: string]: string } = { turn_started: "task_started", turn_complete: "task_complete" };

/** The event of a line of type `event`. */
export function eventOf(line: SpineLine): SpineEvent {
  const msg = objectAt(line.payload, "msg") ?? {};
  const nested = objectAt(msg, "payload");
  const fields = nested === null || Object.keys(nested).length === 0 ? msg : nested;
  const type = stringAt(msg, "type") ?? "";
  const turnId = stringAt(fields, "turn_id") ?? stringAt(line.payload, "id");
  return { at: line.at, type: RENAMED[type] ?? type, turnId: turnId === "" ? null : turnId, fields };
}
