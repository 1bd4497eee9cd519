import { createWriteStream, constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { LARGEST_ARTIFACT } from "../model/verdict.ts";

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

/** A copy of a recording below `folder`; `null` for what is no plain file or too large. Called when the agent is gone. */
export async function takeRecording(path: string, folder: string): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return null;
  await using handle = file;
  const facts = await handle.stat();
  if (!facts.isFile() || facts.size > LARGEST_ARTIFACT.recording) return null;
  const copy = join(folder, basename(path));
  await pipeline(handle.createReadStream({ autoClose: false }), createWriteStream(copy, { mode: 0o600 }));
  return copy;
}
