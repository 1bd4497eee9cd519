import type { Mark } from "../../model/trace.ts";
import { withItems } from "../items.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { markRow } from "./mark-row.ts";

/** Writes marks. Those of one line must come in one call. */
export async function putMarks(tx: Tx, marks: readonly Mark[]): Promise<void> {
  const rows = withItems(marks).map(({ row, item }) => markRow(row, item));
  await putRows(tx, "marks", { rows, key: ["session_id", "segment", "offset", "item"], then: "update" });
}
