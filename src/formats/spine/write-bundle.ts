import type { TraceRecord } from "../record.ts";
import { BUNDLE_VERSION, SPINE_VERSION } from "./spine-words.ts";
import { type FileChunk, type SpineOptions, writeSpine } from "./write-spine.ts";

export interface BundleOptions extends SpineOptions {
  /** The recordings the thread was read from, oldest first. */
  readonly rolloutPaths: readonly string[];
}

/** Folders of a bundle; all are made, even when nothing goes into them. */
export const BUNDLE_FOLDERS = ["spine", "rollout", "artifacts"] as const;

const encoder: { encode(text: string): Uint8Array } = new TextEncoder();

/**
 * A thread as a bundle: `bundle.json` and the segments below `spine/`. The recordings themselves are not redacted, so
 * they are named, not copied: `rollout/` stays empty unless the caller puts something there.
 */
export async function* writeBundle(
  records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>,
  options: BundleOptions,
): AsyncGenerator<FileChunk> {
  for await (const chunk of writeSpine(records, options)) yield { path: `spine/${chunk.path}`, bytes: chunk.bytes };
  const document = {
    bundle_version: BUNDLE_VERSION,
    thread_id: options.threadId,
    created_at: options.at,
    spine_schema_version: SPINE_VERSION,
    rollout_path: options.rolloutPaths[0] ?? null,
    rollout_paths: options.rolloutPaths,
  };
  yield { path: "bundle.json", bytes: encoder.encode(`${JSON.stringify(document, null, 2)}\n`) };
}
