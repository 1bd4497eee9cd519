import type { Segment } from "../../model/trace.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { segmentRow } from "./session-row.ts";

/** Writes segments; one that grew, or moved to another folder, replaces what was known of it. */
export async function putSegments(tx: Tx, segments: readonly Segment[]): Promise<void> {
  await putRows(tx, "segments", { rows: segments.map(segmentRow), key: ["session_id", "name"], then: "update" });
}
