import { createWriteStream, constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * The recordings that the agent left below its home, the attempt's own first. The agent could write there, so a link is
 * not followed: it would have us read what the agent may not see.
 */
export async function findRecordings(rolloutPath: string, home: string): Promise<readonly string[]> {
  const folder = recordingsFolder(rolloutPath);
  if (!(await isInside(folder, home))) return [];
  const files = await recordingsBelow(folder, 0);
  return files.toSorted((left, right) => Number(right === rolloutPath) - Number(left === rolloutPath));
}

/** Codex files recordings by day below `sessions`; sub-agents have files of their own there. */
function recordingsFolder(path: string): string {
  const name = `${sep}sessions`;
  const at = path.lastIndexOf(`${name}${sep}`);
  return at === -1 ? dirname(path) : path.slice(0, at + name.length);
}

async function isInside(folder: string, home: string): Promise<boolean> {
  const real = await realpath(folder).catch(() => null);
  const own = await realpath(home).catch(() => null);
  return real !== null && own !== null && `${real}${sep}`.startsWith(`${own}${sep}`);
}

const MOST_FILES = 200;
const DEEPEST = 6;

async function recordingsBelow(folder: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    // A link is neither file nor folder here.
    if (entry.isDirectory() && depth < DEEPEST) found.push(...(await recordingsBelow(path, depth + 1)));
    if (entry.isFile() && /^rollout-[\w.-]+\.jsonl$/.test(entry.name)) found.push(path);
  }
  return found.slice(0, MOST_FILES);
}

export interface TakeWish {
  /** The agent's home; what lies outside of it in truth is not taken. */
  readonly home: string;
  /** Where the copy is made. */
  readonly folder: string;
  /** Bytes that it may have: all recordings of an attempt together have room for the largest one. */
  readonly room: number;
}

export interface TakenRecording {
  readonly path: string;
  readonly bytes: number;
}

/** A copy of a recording below `folder`; `null` for what is no plain file or too large. Called when the agent is gone. */
export async function takeRecording(path: string, { home, folder, room }: TakeWish): Promise<TakenRecording | null> {
  if (!(await isInside(dirname(path), home))) return null;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return null;
  await using handle = file;
  const facts = await handle.stat();
  const bytes = facts.size;
  // A second name of a file may be anybody's.
  if (!facts.isFile() || facts.nlink > 1 || bytes > room) return null;
  const copy = join(folder, basename(path));
  const end = Math.max(0, bytes - 1);
  await pipeline(handle.createReadStream({ autoClose: false, end }), createWriteStream(copy, { mode: 0o600 }));
  return { path: copy, bytes };
}
