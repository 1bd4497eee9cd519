import { TRACE_SOURCES } from "../model/trace.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { storeFact } from "../store/facts/store-fact.ts";
import { countRows } from "../store/facts/count-rows.ts";
import type { Store } from "../store/store.ts";
import type { ResolvedRequest } from "./ingest-request.ts";
import { samplePath } from "./recordings.ts";

/**
 * The request that reads the shipped recordings, for a person without a Codex home; `null` when the store holds sessions
 * of their own. A pass that was interrupted goes on.
 */
export async function sampleRequest(store: Store): Promise<ResolvedRequest | null> {
  const mayTake = await store.write({ actor: "samples" }, async (tx) => {
    if ((await storeFact(tx, "sample")) === "1") return true;
    if ((await countRows(tx, "sessions")) > 0) return false;
    await putStoreFact(tx, "sample", "1");
    return true;
  });
  return mayTake ? { paths: [samplePath()], sources: TRACE_SOURCES, lookbackHours: null, sample: true } : null;
}
