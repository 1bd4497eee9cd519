import { sha256 } from "../kit/hash.ts";
import { isObject, stringAt } from "../kit/json.ts";
import type { RawChange } from "./record.ts";

/**
 * Files a patch text touches (`*** Begin Patch` … `*** End Patch`, also inside a here-document or a code cell's
 * source). Paths stand as written, relative to the call's directory. A reversal has `added` and `removed` swapped.
 */
export function changesOfPatch(text: string): readonly RawChange[] {
  const begin = text.indexOf("*** Begin Patch");
  if (begin < 0) return [];
  const end = text.indexOf("*** End Patch", begin);
  const changes: RawChange[] = [];
  let open: OpenChange | null = null;
  for (const line of text.slice(begin, end < 0 ? undefined : end).split("\n")) {
    const header = /^\*\*\* (Add|Update|Delete) File: (.+)$/.exec(line);
    if (header !== null) {
      if (open !== null) changes.push(closed(open));
      open = { path: header[2]?.trim() ?? "", kind: kindOf(header[1]), removed: [], added: [] };
    } else if (open !== null) readPatchLine(open, line);
  }
  return open === null ? changes : [...changes, closed(open)];
}

/** Files of a finished item or of an older end event: `{path: {type, unified_diff | content, move_path}}`. */
export function changesOfItem(changes: unknown): readonly RawChange[] {
  if (!isObject(changes)) return [];
  return Object.entries(changes).map(([path, change]) => {
    const open: OpenChange = { path, kind: kindOf(stringAt(change, "type")), removed: [], added: [] };
    const target = stringAt(change, "move_path");
    if (target !== null) moveTo(open, target);
    for (const line of hunkLines(stringAt(change, "unified_diff") ?? "")) readPatchLine(open, line);
    const content = contentLines(stringAt(change, "content"));
    (open.kind === "delete" ? open.removed : open.added).push(...content);
    return closed(open);
  });
}

/** Files of an `exec --json` item: `[{path, kind}]`, which carries no lines. */
export function changesOfList(changes: unknown): readonly RawChange[] {
  if (!Array.isArray(changes)) return [];
  return changes.flatMap((change: unknown) => {
    const path = stringAt(change, "path");
    return path === null ? [] : [{ path, kind: kindOf(stringAt(change, "kind")), removed: null, added: null }];
  });
}

interface OpenChange {
  path: string;
  kind: RawChange["kind"];
  readonly removed: string[];
  readonly added: string[];
}

function kindOf(word: string | null | undefined): RawChange["kind"] {
  const kind = (word ?? "").toLowerCase();
  return kind === "add" || kind === "delete" || kind === "move" ? kind : "update";
}

function readPatchLine(open: OpenChange, line: string): void {
  if (line.startsWith("*** Move to: ")) moveTo(open, line.slice(13).trim());
  else if (line.startsWith("+")) open.added.push(line.slice(1));
  else if (line.startsWith("-")) open.removed.push(line.slice(1));
}

/** A moved file goes by its new name: that is how later edits know it. */
function moveTo(open: OpenChange, target: string): void {
  open.kind = "move";
  open.path = target;
}

/** Lines of a unified diff from its first hunk on; `---` and `+++` before it name files. */
function hunkLines(diff: string): readonly string[] {
  const lines = diff.split("\n");
  const start = lines.findIndex((line) => line.startsWith("@@"));
  return start < 0 ? [] : lines.slice(start);
}

function contentLines(content: string | null): readonly string[] {
  if (content === null || content === "") return [];
  return (content.endsWith("\n") ? content.slice(0, -1) : content).split("\n");
}

function closed(open: OpenChange): RawChange {
  return { path: open.path, kind: open.kind, removed: editHash(open.removed), added: editHash(open.added) };
}

/** 20 hex characters that are equal for equal lines in equal order; `null` for none. */
function editHash(lines: readonly string[]): string | null {
  return lines.length === 0 ? null : sha256(lines.join("\n")).slice(0, 20);
}
