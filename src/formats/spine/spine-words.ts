/** The words of the trace spine, a log of one thread in checksummed segments. */
export const SPINE_VERSION = "codex_trace_spine_v1";
export const BUNDLE_VERSION = "rollout_plus_v0";

export const SPINE_TYPES = [
  "session_meta",
  "turn_context",
  "submission",
  "event",
  "artifact_ref",
  "compaction_boundary",
  "bridge",
] as const;
export type SpineType = (typeof SPINE_TYPES)[number];

/** A segment is closed when it reaches either of these. */
export const SEGMENT_LIMITS: { readonly bytes: number; readonly records: number } = {
  bytes: 5 * 1024 * 1024,
  records: 5_000,
};

/** What stands in a segment's `.meta.json`, with the key names of the file. */
export interface SegmentMeta {
  readonly schema_version: string;
  readonly thread_id: string;
  readonly segment_index: number;
  readonly min_seq: number;
  readonly max_seq: number;
  readonly record_count: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly created_at: string;
  readonly closed_at: string;
}

/** `segment-007` for index 7. */
export function segmentStem(index: number): string {
  return `segment-${String(index).padStart(3, "0")}`;
}
