import type { ToolCall } from "../../model/trace.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { callRow } from "./call-row.ts";

/** Writes tool calls; one whose end was read later replaces the row of its start. */
export async function putToolCalls(tx: Tx, calls: readonly ToolCall[]): Promise<void> {
  const key = ["session_id", "segment", "offset", "call_id"];
  await putRows(tx, "tool_calls", { rows: calls.map(callRow), key, then: "update" });
}
