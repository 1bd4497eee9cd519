import type { Store } from "../../src/store/store.ts";

/** Tables that ingest writes. */
const WRITTEN = [
  "sessions",
  "segments",
  "turns",
  "tool_calls",
  "messages",
  "token_usage",
  "marks",
  "ingest_cursors",
  "unreadable_lines",
  "dirty_sessions",
] as const;

/** Empties the store of all that was read, so that one store serves many readings. */
export async function forgetAll(store: Store): Promise<void> {
  await store.write({ actor: "test" }, async (tx) => {
    for (const table of WRITTEN) await tx.db.deleteFrom(table).execute();
  });
}
