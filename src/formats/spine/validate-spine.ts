/**
 * Checks one segment against the rules of the format, in one pass and bounded memory. Findings are graded: an `error`
 * makes the segment invalid, a `warning` is something a careful writer would not have done.
 */
import { runningSha256 } from "../../kit/hash.ts";
import { isObject, parseJson } from "../../kit/json.ts";
import { type ByteLine, splitBytes } from "./split-bytes.ts";
import { checkMeta, type SegmentFacts } from "./validate-meta.ts";
import { SPINE_TYPES, SPINE_VERSION } from "./spine-words.ts";

export const SPINE_RULES = [
  "json",
  "envelope",
  "version",
  "thread",
  "seq",
  "type",
  "timestamp",
  "compaction_history",
  "line_length",
  "last_line",
  "empty",
  "meta_missing",
  "meta_json",
  "meta_version",
  "meta_thread",
  "meta_sha256",
  "meta_bytes",
  "meta_records",
  "meta_min_seq",
  "meta_max_seq",
] as const;
export type SpineRule = (typeof SPINE_RULES)[number];

export interface SpineFinding {
  readonly grade: "error" | "warning";
  readonly rule: SpineRule;
  /** 1-based; 0 when the finding is about the meta file or the segment as a whole. */
  readonly line: number;
  /** Byte offset of the line. */
  readonly offset: number;
  readonly message: string;
}

export interface SpineCheck {
  readonly valid: boolean;
  /** The first 100, in file order: the first one names the first bad line. */
  readonly errors: readonly SpineFinding[];
  /** The first 100. */
  readonly warnings: readonly SpineFinding[];
  readonly errorCount: number;
  readonly warningCount: number;
  readonly records: number;
}

const KEPT_FINDINGS = 100;
const LINE_LIMIT = 64 * 1024 * 1024;
const ISO_MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export interface SpineCheckOptions {
  /** Longest line in bytes that is looked into; 64 MiB unless said otherwise. */
  readonly lineLimit?: number;
}

/** Validates the bytes of one segment; `meta` is the text of its meta file, `null` when there is none. */
export async function validateSpine(
  chunks: AsyncIterable<Uint8Array>,
  meta: string | null,
  options: SpineCheckOptions = {},
): Promise<SpineCheck> {
  const hash = runningSha256();
  const check = new SegmentCheck();
  let bytes = 0;
  const seen = (chunk: Uint8Array): void => {
    bytes += chunk.length;
    hash.update(chunk);
  };
  for await (const line of splitBytes(chunks, options.lineLimit ?? LINE_LIMIT, seen)) check.line(line);
  return check.finish(meta, { bytes, sha256: hash.hex() });
}

class SegmentCheck {
  readonly #findings = { error: [] as SpineFinding[], warning: [] as SpineFinding[] };
  readonly #counts = { error: 0, warning: 0 };
  #records = 0;
  #thread: string | null = null;
  #minSeq: number | null = null;
  #maxSeq: number | null = null;

  line(line: ByteLine): void {
    this.#records += 1;
    if (!line.ended) this.#find("warning", "last_line", line, "the last line has no line break: it may be cut");
    if (line.bytes === null) return this.#find("error", "line_length", line, "too long to be looked into");
    const value = parseJson(new TextDecoder().decode(line.bytes));
    if (!isObject(value)) return this.#find("error", "json", line, "not a JSON object");
    this.#envelope(line, value);
    this.#payload(line, value);
  }

  finish(meta: string | null, file: { readonly bytes: number; readonly sha256: string }): SpineCheck {
    const facts: SegmentFacts = {
      ...file,
      records: this.#records,
      thread: this.#thread,
      minSeq: this.#minSeq,
      maxSeq: this.#maxSeq,
    };
    const whole = { line: 0, offset: 0 };
    if (this.#records === 0) this.#find("error", "empty", whole, "the segment has no records");
    for (const finding of checkMeta(meta, facts)) this.#find(finding.grade, finding.rule, whole, finding.message);
    return {
      valid: this.#counts.error === 0,
      errors: this.#findings.error,
      warnings: this.#findings.warning,
      errorCount: this.#counts.error,
      warningCount: this.#counts.warning,
      records: this.#records,
    };
  }

  #envelope(line: ByteLine, value: Record<string, unknown>): void {
    const missing = ["schema_version", "thread_id", "seq", "timestamp", "type", "payload"].filter(
      (key) => !Object.hasOwn(value, key),
    );
    if (missing.length > 0) this.#find("error", "envelope", line, `missing ${missing.join(", ")}`);
    const version = value["schema_version"];
    if (version !== undefined && version !== SPINE_VERSION)
      this.#find("error", "version", line, `version ${shown(version)}`);
    this.#threadIs(line, value["thread_id"]);
    this.#seqIs(line, value["seq"]);
    this.#timeIs(line, value["timestamp"]);
  }

  #threadIs(line: ByteLine, thread: unknown): void {
    if (thread === undefined) return;
    if (typeof thread !== "string" || thread === "")
      return this.#find("error", "envelope", line, "thread_id is not text");
    this.#thread ??= thread;
    if (thread !== this.#thread)
      this.#find("error", "thread", line, `thread ${shown(thread)} in a segment of ${this.#thread}`);
  }

  /** After a step back the highest number stays the mark, so that one wrong line is one finding. */
  #seqIs(line: ByteLine, seq: unknown): void {
    if (seq === undefined) return;
    if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) {
      return this.#find("error", "envelope", line, "seq is not a whole number from 1");
    }
    if (this.#maxSeq !== null && seq <= this.#maxSeq)
      this.#find("error", "seq", line, `seq ${seq} after ${this.#maxSeq}`);
    this.#minSeq = Math.min(this.#minSeq ?? seq, seq);
    this.#maxSeq = Math.max(this.#maxSeq ?? seq, seq);
  }

  #timeIs(line: ByteLine, time: unknown): void {
    if (time === undefined) return;
    if (typeof time !== "string" || Number.isNaN(Date.parse(time)))
      return this.#find("error", "timestamp", line, "timestamp is not a time");
    if (!ISO_MS.test(time)) this.#find("warning", "timestamp", line, "timestamp is not UTC with milliseconds");
  }

  #payload(line: ByteLine, value: Record<string, unknown>): void {
    const { type, payload } = value;
    if (type === undefined || payload === undefined) return;
    if (!SPINE_TYPES.some((known) => known === type))
      this.#find("warning", "type", line, `unknown type ${shown(type)}`);
    if (!isObject(payload)) return this.#find("error", "envelope", line, "payload is not an object");
    if (type === "compaction_boundary") this.#histories(line, payload);
  }

  #histories(line: ByteLine, payload: Record<string, unknown>): void {
    const missing = ["pre_compaction_history", "post_compaction_history"].filter((key) => !Array.isArray(payload[key]));
    if (missing.length > 0) this.#find("error", "compaction_history", line, `missing ${missing.join(", ")}`);
    else if (payload["histories_omitted"] === true)
      this.#find("warning", "compaction_history", line, "the histories were left out");
  }

  #find(
    grade: SpineFinding["grade"],
    rule: SpineRule,
    at: { readonly line: number; readonly offset: number },
    message: string,
  ): void {
    this.#counts[grade] += 1;
    const kept = this.#findings[grade];
    if (kept.length < KEPT_FINDINGS) kept.push({ grade, rule, line: at.line, offset: at.offset, message });
  }
}

/** A foreign value, short enough for a message. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").slice(0, 80);
}
