import type { Message } from "../../model/trace.ts";
import { withItems } from "../items.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { messageRow } from "./message-row.ts";

/** Writes messages. Those of one line must come in one call. */
export async function putMessages(tx: Tx, messages: readonly Message[]): Promise<void> {
  const rows = withItems(messages).map(({ row, item }) => messageRow(row, item));
  await putRows(tx, "messages", { rows, key: ["session_id", "segment", "offset", "item"], then: "update" });
}
