import { objectAt, stringAt } from "../../kit/json.ts";
import type { LineReader, MarkRecord, RawLine, ReadLine, TraceRecord } from "../record.ts";
import { readCutEvent, readEvent } from "./read-event.ts";
import { readSubmission } from "./read-submission.ts";
import { gitInfo, sessionMeta, threadRecord } from "./session-records.ts";
import { type CutSpineLine, readSpineLine, type SpineLine } from "./spine-line.ts";

/**
 * Reads `codex_trace_spine_v1` in the three shapes it was ever written in: flat (the recorder), nested (hand-written
 * files: `meta`, `msg.payload`, `{type: "denied"}`) and generated (turn settings beside `turn_id`, no histories). Every
 * line says its thread, so a segment in the middle of a thread can be read on its own.
 */
export const spineReader: LineReader = { source: "spine", read: readLine };

function readLine(raw: RawLine): ReadLine {
  const result = readSpineLine(raw);
  if (result.kind === "unreadable") return { records: [result], ordinal: null };
  const { line } = result;
  const records = result.kind === "line" ? readWhole(result.line) : readCut(result.line);
  const named = records[0]?.kind === "session" || line.threadId === null;
  return {
    records: named ? records : [threadRecord(line.threadId ?? "", line.at), ...records],
    ordinal: line.seq,
    at: line.at,
  };
}

function readWhole(line: SpineLine): readonly TraceRecord[] {
  switch (line.type) {
    case "session_meta":
      return sessionMeta(line);
    case "turn_context":
      return [turnContext(line)];
    case "submission":
      return readSubmission(line);
    case "event":
      return readEvent(line);
    case "artifact_ref":
      return line.payload["kind"] === "git_info" ? gitInfo(line) : [{ kind: "ignored", type: "artifact_ref" }];
    case "compaction_boundary":
      return [compaction(line, stringAt(line.payload, "turn_id"), stringAt(line.payload, "kind") ?? "")];
    case "bridge":
      return [{ kind: "ignored", type: "bridge" }];
    default:
      return [{ kind: "unknown", type: line.type }];
  }
}

/** Of the lines that grow long only compactions and events matter; their middle is text nobody needs. */
function readCut(line: CutSpineLine): readonly TraceRecord[] {
  if (line.type === "compaction_boundary") return [compaction(line, null, "")];
  if (line.type === "event") return readCutEvent(line);
  return [{ kind: "unreadable", reason: `${line.type} line too long` }];
}

function compaction(line: Pick<SpineLine, "at">, turnId: string | null, detail: string): MarkRecord {
  return { kind: "mark", mark: "compaction", at: line.at, turnId, callId: null, detail, count: null };
}

/** Written once per model call; the generator puts the settings beside the turn's id instead of under `context`. */
function turnContext(line: SpineLine): TraceRecord {
  const context = objectAt(line.payload, "context") ?? line.payload;
  return {
    kind: "context",
    at: line.at,
    turnId: stringAt(line.payload, "turn_id"),
    model: stringAt(context, "model"),
    approvalPolicy: wordOf(context, "approval_policy"),
    sandbox: wordOf(context, "sandbox_policy"),
    cwd: stringAt(context, "cwd"),
  };
}

/** A policy is a word or an object with a `type`. */
function wordOf(context: Record<string, unknown>, key: string): string | null {
  return stringAt(context, key) ?? stringAt(objectAt(context, key), "type");
}
