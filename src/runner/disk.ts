import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../model/failure.ts";
import { endingOf, type Ending } from "./ending.ts";

const FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;

/** True for an error or a text that says the disk is full. */
export function saysDiskFull(what: unknown): boolean {
  return FULL.test(what instanceof Error ? `${codeOf(what)} ${what.message}` : String(what));
}

/** How a failure of our own git ends the attempt. */
export function gitEnding({ message, cause }: Failure): Ending {
  const detail = `${message} ${cause}`;
  return endingOf(saysDiskFull(detail) ? "DISK_FULL" : "GIT_FAILED", detail);
}

/** Removes a folder whatever it holds: folders that may not be written keep their owner from removing what is in them. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!DENIED.has(codeOf(error))) throw error;
    await openFolders(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const DENIED: ReadonlySet<string> = new Set(["EACCES", "EPERM"]);

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await openFolders(join(folder, entry.name));
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
