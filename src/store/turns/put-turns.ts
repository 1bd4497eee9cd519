import type { Turn } from "../../model/trace.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { turnRow } from "./turn-row.ts";

/** Writes turns; one read again, or further, replaces what was known of it. */
export async function putTurns(tx: Tx, turns: readonly Turn[]): Promise<void> {
  const key = ["session_id", "segment", "offset", "turn_id"];
  await putRows(tx, "turns", { rows: turns.map(turnRow), key, then: "update" });
}
