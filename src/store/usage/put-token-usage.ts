import type { TokenUsage } from "../../model/trace.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { usageRow } from "./usage-row.ts";

/** Writes token counts. The first writer of a response id keeps it, so a response copied into a fork counts once. */
export async function putTokenUsage(tx: Tx, usage: readonly TokenUsage[]): Promise<void> {
  await putRows(tx, "token_usage", { rows: usage.map(usageRow), key: ["response_id"], then: "ignore" });
}
