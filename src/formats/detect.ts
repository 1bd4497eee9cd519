import { isObject, parseJson, stringAt } from "../kit/json.ts";
import type { TraceSource } from "../model/trace.ts";
import { execStreamReader, isOldGreeting } from "./exec-stream/exec-stream-reader.ts";
import type { LineReader } from "./record.ts";
import { bufferOf, lineHead } from "./rollout/line-head.ts";
import { rolloutReader } from "./rollout/rollout-reader.ts";
import { spineReader } from "./spine/spine-reader.ts";
import { toolcallsReader } from "./toolcalls/toolcalls-reader.ts";

/** A file as far as it must be known to choose its reader: its name and its first line, which may be cut. */
export interface UnknownFile {
  readonly name: string;
  readonly firstLine: Uint8Array;
  /** Tells the sessions of one tool-call log from another's, which name none themselves; the name by default. */
  readonly path?: string;
}

/** The reader a file wants; `null` for a file of no known format. */
export function detectReader(file: UnknownFile): LineReader | null {
  const source = detectSource(file);
  return source === null ? null : readerOf(source, file.path ?? file.name);
}

/** The reader for a file whose source is known; `path` as in `UnknownFile`. */
export function readerOf(source: TraceSource, path = ""): LineReader {
  return unlessTooDeep(plainReaderOf(source, path));
}

/** JSON nested as deep as its line is long overflows the stack of whoever walks it: a reason to give up the line, no more. */
function unlessTooDeep(reader: LineReader): LineReader {
  const read: LineReader["read"] = (line, awaitsOutput) => {
    try {
      return reader.read(line, awaitsOutput);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { records: [{ kind: "unreadable", reason: "nested too deep" }], ordinal: null };
    }
  };
  return { source: reader.source, read };
}

function plainReaderOf(source: TraceSource, path: string): LineReader {
  switch (source) {
    case "rollout":
      return rolloutReader;
    case "exec":
      return execStreamReader;
    case "spine":
      return spineReader;
    case "toolcalls":
      return toolcallsReader(path);
  }
}

/** The format of a file, from what its first line says; the name alone decides only for rollouts. */
export function detectSource({ name, firstLine }: UnknownFile): TraceSource | null {
  const text = bufferOf(firstLine).toString("utf8");
  if (/"schema_version"\s*:\s*"codex_trace_spine_v1"/.test(text)) return "spine";
  const head = lineHead(firstLine);
  if (head?.name === "session_meta" || head?.name === "bare/session") return "rollout";
  if (/^rollout-.*\.jsonl(?:\.zst)?$/.test(name)) return "rollout";
  if (/"tsIso"\s*:/.test(text)) return "toolcalls";
  return isExecLine(text) ? "exec" : null;
}

/** Exec streams begin with their thread; the oldest with settings, prompt or a numbered message. */
function isExecLine(text: string): boolean {
  const line = parseJson(text);
  if (!isObject(line)) return false;
  const type = stringAt(line, "type");
  if (type !== null) return /^(?:thread|turn|item)\.(?:started|updated|completed|failed)$/.test(type);
  return isObject(line["msg"]) ? stringAt(line["msg"], "type") !== null : isOldGreeting(line);
}
