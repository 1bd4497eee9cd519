import { isObject, parseJson, stringAt } from "../kit/json.ts";
import type { RunLog, RunLogLine } from "./shapes/run.ts";

/** A log as it lies on the disk, from some place of it on. */
export interface LogPart {
  /** Bytes before it. */
  readonly from: number;
  readonly bytes: Uint8Array;
  /** Nothing is written to it any more. */
  readonly ended: boolean;
}

const NEWLINE = 0x0a;

/** The whole lines of a part. What is no line of ours is shown as it stands; one that is still being written waits. */
export function runLogOf({ from, bytes, ended }: LogPart): RunLog {
  const lines: RunLogLine[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    if (end > start) lines.push(lineOf(from + start, bytes.subarray(start, end)));
    start = end + 1;
  }
  return { lines, after: from + start, ended };
}

function lineOf(number: number, bytes: Uint8Array): RunLogLine {
  const text = Buffer.from(bytes).toString("utf8");
  const parsed = parseJson(text);
  if (!isObject(parsed)) return { number, at: null, event: "unreadable", facts: { text } };
  const { at: _at, event: _event, ...facts } = parsed;
  return { number, at: stringAt(parsed, "at"), event: stringAt(parsed, "event") ?? "unknown", facts };
}
