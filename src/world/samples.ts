import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { TRACE_SOURCES } from "../model/trace.ts";
import { putStoreFact } from "../store/facts/put-store-fact.ts";
import { countRows } from "../store/facts/count-rows.ts";
import type { Store } from "../store/store.ts";
import type { ResolvedRequest } from "./ingest-request.ts";
import { samplePath } from "./recordings.ts";

/**
 * The request that reads the shipped recordings, or `null` when they may not be taken: they go only into a store without
 * sessions, and only where the person has no Codex home of their own.
 */
export async function sampleRequest(store: Store, codexHome: string): Promise<ResolvedRequest | null> {
  if (existsSync(resolve(codexHome))) return null;
  const sessions = await store.read((reader) => countRows(reader, "sessions"));
  if (sessions > 0) return null;
  await store.write({ actor: "samples" }, (tx) => putStoreFact(tx, "sample", "1"));
  return { paths: [samplePath()], sources: TRACE_SOURCES, lookbackHours: null, sample: true };
}
