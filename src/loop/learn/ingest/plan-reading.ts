import type { RecordingFile } from "../../../ports/recordings.ts";
import { REDACTION_VERSION } from "../../../policy/redact/redaction-version.ts";
import type { CursorFacts } from "../../../store/ingest/list-ingest-cursors.ts";

/** Counts up when a reader or the fold changes what rows come out. */
const FOLD_VERSION = 2;

/** Files read by an older reader, fold or set of redaction rules are read again: better rules clean old rows too. */
export const PARSER_VERSION: number = FOLD_VERSION * 1_000 + REDACTION_VERSION;

export interface ReadingTask {
  readonly file: RecordingFile;
  /** What is known of the file; `null` for one that was never read. */
  readonly cursor: CursorFacts | null;
  /** Reading may go on from the cursor; else what was read before is forgotten and the file read from its start. */
  readonly goesOn: boolean;
  /** A person named this very file, so an unknown format is worth a complaint. */
  readonly named: boolean;
  /** Bytes on disk expected to be read, for progress. */
  readonly bytes: number;
}

export interface ReadingPlan {
  readonly tasks: readonly ReadingTask[];
  readonly unchanged: number;
  readonly bytes: number;
}

/** Compares what lies on disk with what was read. A rollout that moved (was archived) is known by its name. */
export function planReading(
  files: readonly RecordingFile[],
  known: { readonly cursors: readonly CursorFacts[]; readonly named: ReadonlySet<string> },
): ReadingPlan {
  const byPath = new Map(known.cursors.map((cursor) => [cursor.path, cursor]));
  let bySegment: ReadonlyMap<string, CursorFacts> | null = null;
  const moved = (file: RecordingFile): CursorFacts | undefined => {
    // Made only when a file is new: of tens of thousands that nobody touched it would be a good part of the pass.
    bySegment ??= new Map(known.cursors.map((cursor) => [cursor.segment, cursor]));
    return isRollout(file) ? bySegment.get(file.name) : undefined;
  };
  const tasks: ReadingTask[] = [];
  let unchanged = 0;
  for (const file of files) {
    const cursor = byPath.get(file.path) ?? moved(file) ?? null;
    if (cursor !== null && isUnchanged(file, cursor)) unchanged += 1;
    else tasks.push(taskFor(file, cursor, known.named.has(file.path)));
  }
  return { tasks, unchanged, bytes: tasks.reduce((sum, task) => sum + task.bytes, 0) };
}

function taskFor(file: RecordingFile, cursor: CursorFacts | null, named: boolean): ReadingTask {
  const goesOn = cursor !== null && cursor.parserVersion === PARSER_VERSION;
  const bytes = goesOn && !file.path.endsWith(".zst") ? Math.max(0, file.size - cursor.offset) : file.size;
  return { file, cursor, goesOn, named, bytes };
}

function isUnchanged(file: RecordingFile, cursor: CursorFacts): boolean {
  return (
    cursor.path === file.path &&
    cursor.size === file.size &&
    cursor.mtimeMs === file.mtimeMs &&
    cursor.inode === file.inode &&
    cursor.parserVersion === PARSER_VERSION
  );
}

function isRollout(file: RecordingFile): boolean {
  return file.name.startsWith("rollout-");
}
