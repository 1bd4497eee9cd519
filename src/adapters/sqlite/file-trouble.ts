import type { Failure } from "../../model/failure.ts";

/** Primary result codes of SQLite that speak of the file and not of a statement. */
const NO_PLACE: ReadonlySet<number> = new Set([10 /* ioerr */, 13 /* full */, 14 /* cantopen */]);
const DAMAGED: ReadonlySet<number> = new Set([11 /* corrupt */, 26 /* notadb */]);

/** Whether `error` says that the file itself cannot be read or written. */
export function isFileTrouble(error: unknown): boolean {
  return NO_PLACE.has(codeOf(error)) || DAMAGED.has(codeOf(error));
}

/** What to tell a person of it: a damaged file wants a backup, any other its disk and its permissions looked at. */
export function fileTrouble(path: string, error: unknown): Failure {
  const isDamaged = DAMAGED.has(codeOf(error));
  return {
    code: "store_unreadable",
    message: isDamaged ? `The store ${path} is damaged.` : `The store ${path} cannot be read or written.`,
    cause: error instanceof Error ? error.message : String(error),
    hint: isDamaged
      ? "Do this: put a backup in its place, or move it away and run `codex-loop ingest` to read the recordings again."
      : "Do this: check that the path is a store's, that you may read and write it, and that the disk has room.",
    retry: "never",
  };
}

function codeOf(error: unknown): number {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return 0;
  return error.errcode & 0xff;
}
