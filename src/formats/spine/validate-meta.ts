import { isObject, parseJson } from "../../kit/json.ts";
import { SPINE_VERSION } from "./spine-words.ts";

/** What a pass over a segment found; the meta file must say the same. */
export interface SegmentFacts {
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly thread: string | null;
  readonly minSeq: number | null;
  readonly maxSeq: number | null;
}

export type MetaRule =
  | "meta_missing"
  | "meta_json"
  | "meta_version"
  | "meta_thread"
  | "meta_sha256"
  | "meta_bytes"
  | "meta_records"
  | "meta_min_seq"
  | "meta_max_seq";

export interface MetaFinding {
  readonly grade: "error" | "warning";
  readonly rule: MetaRule;
  readonly message: string;
}

/** Compares a meta file with what its segment is. A killed recorder leaves none behind, so a missing one only warns. */
export function checkMeta(meta: string | null, facts: SegmentFacts): readonly MetaFinding[] {
  if (meta === null)
    return [{ grade: "warning", rule: "meta_missing", message: "no meta file: the segment cannot be checked whole" }];
  const value = parseJson(meta);
  if (!isObject(value)) return [{ grade: "error", rule: "meta_json", message: "the meta file is not a JSON object" }];
  const expected: readonly (readonly [MetaRule, string, unknown])[] = [
    ["meta_version", "schema_version", SPINE_VERSION],
    ["meta_thread", "thread_id", facts.thread],
    ["meta_sha256", "sha256", facts.sha256],
    ["meta_bytes", "bytes", facts.bytes],
    ["meta_records", "record_count", facts.records],
    ["meta_min_seq", "min_seq", facts.minSeq],
    ["meta_max_seq", "max_seq", facts.maxSeq],
  ];
  return expected
    .filter(([, key, fact]) => value[key] !== fact)
    .map(([rule, key, fact]) => ({
      grade: "error",
      rule,
      message: `${key} is ${JSON.stringify(value[key])} in the meta file, ${JSON.stringify(fact)} in the segment`,
    }));
}
