import type { RawLine, TraceRecord } from "../record.ts";
import { followSpine, NEW_SPINE_MEMORY, type SpineMemory } from "../spine/follow-spine.ts";
import { type CutSpineLine, memberNumber, memberText, readSpineLine, type SpineLine } from "../spine/spine-line.ts";
import { spineReader } from "../spine/spine-reader.ts";
import { type CompatRow, compatRows, type Metrics } from "./compat-row.ts";
import { CorrectedSpine } from "./spine-corrected.ts";
import { SpineDetector } from "./spine-detector.ts";

export interface CompatSpineOptions {
  /** Values that stand in for ours where the caller knows better, e.g. from its own signals. */
  readonly ours?: Metrics;
}

/** The numbers of a row, in the order they are shown, with why the two may differ. */
const REASONS = {
  sessions: "threads are counted the same way",
  turns: "theirs counts turn contexts, which Codex writes once per model call; ours counts turns",
  tool_calls:
    "theirs counts begin events of commands and patches; ours counts calls by id, also tool servers' and refused ones",
  approval_requests: "questions are counted the same way",
  exec_failure: "an end without a stated exit code, or two ends of one call, count once in ours",
  patch_failure: "ours takes only a stated failure, and two ends of one patch as one",
  denial_exec: "theirs knows only `denied`; the terminal's No says `abort`, others `cancel` and `decline`",
  denial_patch: "theirs knows only `denied`; the terminal's No says `abort`, others `cancel` and `decline`",
  repeated_denial: "follows from the denials: theirs cannot fire on what the terminal writes",
  undo: "theirs knows only `Undo`; the recorder writes `undo`",
  rollback: "theirs knows only `ThreadRollback`; the recorder writes `thread_rollback`",
  revert_in_message:
    "theirs finds the words inside other words and only in `user_turn`; ours takes whole words in any message of a person",
  compaction: "boundaries are counted the same way",
  repeated_compaction: "follows from the compactions",
  error_event: "errors are counted the same way",
  timeout: "timeouts are counted the same way",
  stream_error: "stream errors are counted the same way",
  truncation_warning: "warnings are counted the same way",
  plan_update_churn: "plan updates are counted the same way",
  file_churn: "ours also follows a file under its new name",
  fast_completion: "theirs asks for any success within three turns; ours for the last command to have passed",
  zero_denial: "theirs misses refusals that are not the word `denied`; ours says nothing where nobody was asked",
  first_attempt_success: "theirs reads only end events; ours also counts commands that never ended",
} as const;

interface Thread {
  readonly detector: SpineDetector;
  readonly corrected: CorrectedSpine;
  memory: SpineMemory;
}

/** Seed 002's signals over spine lines of one or more threads, summed over threads, beside ours. */
export async function compatSpine(
  lines: AsyncIterable<RawLine> | Iterable<RawLine>,
  options: CompatSpineOptions = {},
): Promise<readonly CompatRow[]> {
  const threads = new Map<string, Thread>();
  for await (const raw of lines) {
    const line = wholeLine(raw);
    if (line === null) continue;
    const thread = threadOf(threads, line.threadId ?? "");
    thread.detector.take(line);
    takeRecords(thread, spineReader.read(raw).records);
  }
  const all = [...threads.values()];
  const theirs = { ...summed(all.map((thread) => thread.detector.metrics())), sessions: all.length };
  const ours = { ...summed(all.map((thread) => thread.corrected.metrics())), sessions: all.length, ...options.ours };
  return compatRows(theirs, ours, REASONS);
}

function threadOf(threads: Map<string, Thread>, id: string): Thread {
  const known = threads.get(id);
  if (known !== undefined) return known;
  const thread: Thread = { detector: new SpineDetector(), corrected: new CorrectedSpine(), memory: NEW_SPINE_MEMORY };
  threads.set(id, thread);
  return thread;
}

function takeRecords(thread: Thread, records: readonly TraceRecord[]): void {
  const followed = followSpine(thread.memory, records);
  thread.memory = followed.memory;
  for (const record of followed.records) thread.corrected.take(record);
}

/** The predecessor held whole lines; of a cut one this much is left, which is all that its rules look at. */
function wholeLine(raw: RawLine): SpineLine | null {
  const result = readSpineLine(raw);
  if (result.kind === "unreadable") return null;
  return result.kind === "line" ? result.line : { ...result.line, payload: { msg: cutMessage(result.line) } };
}

function cutMessage({ head, tail }: CutSpineLine): Record<string, unknown> {
  const message = head.slice(Math.max(0, head.indexOf('"msg"')));
  const exitCode = memberNumber(tail, "exit_code") ?? memberNumber(message, "exit_code");
  return { type: memberText(message, "type"), exit_code: exitCode };
}

/** Sums per metric; `null` parts say nothing, and nothing but `null` stays `null`. */
function summed(parts: readonly Metrics[]): Metrics {
  const total: Record<string, number | null> = {};
  for (const part of parts) {
    for (const [metric, value] of Object.entries(part)) {
      if (typeof value === "number") total[metric] = (total[metric] ?? 0) + value;
      else total[metric] ??= null;
    }
  }
  return total;
}
