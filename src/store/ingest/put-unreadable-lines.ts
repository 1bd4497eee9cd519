import type { UnreadableLine } from "../../model/trace.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";

/** Keeps the lines that could not be read, each with its file, place and reason. */
export async function putUnreadableLines(tx: Tx, lines: readonly UnreadableLine[]): Promise<void> {
  const rows = lines.map(({ path, offset, line, reason }) => ({ path, offset, line, reason }));
  await putRows(tx, "unreadable_lines", { rows, key: ["path", "offset"], then: "update" });
}
