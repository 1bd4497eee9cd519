/** A unified diff as rows. Nothing in it is trusted: what is not understood is shown as it stands. */

export type DiffKind = "file" | "hunk" | "added" | "removed" | "same" | "note";

export interface DiffRow {
  readonly kind: DiffKind;
  readonly text: string;
  /** Line numbers before and after; `null` where the row has none. */
  readonly before: number | null;
  readonly after: number | null;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Where the next line stands, and how many lines the hunk still promises on either side. */
interface Place {
  before: number;
  after: number;
  beforeLeft: number;
  afterLeft: number;
}

export function diffRows(diff: string): readonly DiffRow[] {
  const place: Place = { before: 0, after: 0, beforeLeft: 0, afterLeft: 0 };
  const lines = diff.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.flatMap((line) => rowOf(line, place) ?? []);
}

/** A line of a hunk is told from a header by what the hunk promised: `--- x` may be a removed line. */
function rowOf(line: string, place: Place): DiffRow | null {
  if (place.beforeLeft > 0 || place.afterLeft > 0) return hunkLine(line, place);
  const hunk = HUNK.exec(line);
  if (hunk !== null) return beginHunk(line, hunk, place);
  if (line.startsWith("diff --git ")) return { kind: "file", text: fileOf(line), before: null, after: null };
  if (/^(index|---|\+\+\+) /.test(line)) return null;
  return { kind: "note", text: line, before: null, after: null };
}

function beginHunk(line: string, hunk: RegExpExecArray, place: Place): DiffRow {
  const [, before = "0", beforeCount = "1", after = "0", afterCount = "1"] = hunk;
  place.before = Number(before);
  place.after = Number(after);
  place.beforeLeft = Number(beforeCount);
  place.afterLeft = Number(afterCount);
  return { kind: "hunk", text: line, before: null, after: null };
}

function hunkLine(line: string, place: Place): DiffRow {
  const text = line.slice(1);
  if (line.startsWith("+")) {
    place.afterLeft -= 1;
    return { kind: "added", text, before: null, after: place.after++ };
  }
  if (line.startsWith("-")) {
    place.beforeLeft -= 1;
    return { kind: "removed", text, before: place.before++, after: null };
  }
  if (line.startsWith("\\")) return { kind: "note", text: line, before: null, after: null };
  place.beforeLeft -= 1;
  place.afterLeft -= 1;
  return { kind: "same", text, before: place.before++, after: place.after++ };
}

/** The path after the change: `diff --git a/old b/new`, where either may be quoted. */
function fileOf(line: string): string {
  const words = line.slice("diff --git ".length);
  const half = words.length / 2;
  const right = words.slice(Math.ceil(half));
  const isSame = words.slice(2, Math.floor(half)) === right.slice(2);
  return isSame ? right.slice(2) : words;
}

/** Files, added and removed lines. */
export function diffSums(rows: readonly DiffRow[]): {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
} {
  const count = (kind: DiffKind): number => rows.filter((row) => row.kind === kind).length;
  return { files: count("file"), added: count("added"), removed: count("removed") };
}
