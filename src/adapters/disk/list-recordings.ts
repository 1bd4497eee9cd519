import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { idOf } from "../../model/ids.ts";
import type { Listing, ListRequest, RecordingFile, RecordingProblem } from "../../ports/recordings.ts";
import { withoutCopies } from "./without-copies.ts";

/**
 * Walks folders and takes named files as they are. Synchronous on purpose: over 20,000 files the thread pool costs
 * several times the calls themselves.
 */
export function listRecordings(request: ListRequest): Result<Listing, Failure> {
  const found: Found = { files: [], problems: [], endings: request.endings };
  for (const path of request.paths) {
    const root = resolve(path);
    const kind = kindOf(root);
    if (kind === "not_there") return fail(pathMissing(root));
    if (kind === "file") takeFile(root, found);
    else walk(root, found);
  }
  return ok({ files: withoutCopies(found.files), problems: found.problems });
}

interface Found {
  readonly files: RecordingFile[];
  readonly problems: RecordingProblem[];
  readonly endings: readonly string[];
}

function kindOf(path: string): "file" | "folder" | "not_there" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    return problemOf(error) === "not_there" ? "not_there" : "folder";
  }
}

function walk(folder: string, found: Found): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path, found);
      else if (found.endings.some((ending) => entry.name.endsWith(ending))) takeFile(path, found);
    }
  } catch (error) {
    found.problems.push({ path: folder, reason: problemOf(error) });
  }
}

function takeFile(path: string, found: Found): void {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) {
      found.problems.push({ path, reason: "not_a_file" });
      return;
    }
    const name = idOf.segment(path.slice(path.lastIndexOf("/") + 1, path.endsWith(".zst") ? -4 : undefined));
    found.files.push({ path, name, size: stat.size, mtimeMs: Math.floor(stat.mtimeMs), inode: String(stat.ino) });
  } catch (error) {
    found.problems.push({ path, reason: problemOf(error) });
  }
}

/** What a file system error means for a reader. */
export function problemOf(error: unknown): RecordingProblem["reason"] {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EACCES" || code === "EPERM") return "no_permission";
  return code === "ENOENT" || code === "ENOTDIR" ? "not_there" : "unreadable";
}

function pathMissing(path: string): Failure {
  return {
    code: "path_missing",
    message: `There is nothing at ${path}.`,
    cause: "The path was named as a place to read recordings from.",
    hint: "Do this: check the spelling, or leave the path out to read the Codex home.",
    retry: "never",
  };
}
