import { constants } from "node:fs";
import { access, cp, lstat, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseJson } from "../kit/json.ts";
import { randomHex } from "../kit/random.ts";
import type { Place } from "./folders.ts";

/** Paths of a tree, folders that are new as a whole under their own name alone. */
export type Snapshot = ReadonlySet<string>;

/** Every path below `tree` but those of `.git`. */
export async function snapshotOf(tree: string): Promise<Snapshot> {
  const paths = new Set<string>();
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(tree, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (path === ".git") continue;
      paths.add(path);
      if (entry.isDirectory()) await walk(path);
    }
  };
  await walk("");
  return paths;
}

/** What stands in the tree and not in the snapshot; of a new folder only its name. */
export async function newSince(tree: string, before: Snapshot): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(tree, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (path === ".git") continue;
      if (!before.has(path)) found.push(path);
      else if (entry.isDirectory()) await walk(path);
    }
  };
  await walk("");
  return found;
}

/** Copies, never links: a program that writes into its copy must not reach anybody else's. */
const COPY = { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE } as const;
const LIST = "paths.json";

export interface KeptSetup {
  readonly place: Place;
  /** New paths of the tree. */
  readonly paths: readonly string[];
  /** Milliseconds since the epoch: of two setups the one that was used longer ago goes first. */
  readonly now: number;
  /** Removes a folder, whatever it holds. */
  readonly removeFolder: (folder: string) => Promise<void>;
}

/** Keeps what a setup left under its key. Whoever comes second finds the place taken and leaves it so. */
export async function keepSetup(folder: string, { place, paths, now, removeFolder }: KeptSetup): Promise<void> {
  if (await exists(join(folder, LIST))) return;
  const draft = `${folder}.${randomHex(6)}.draft`;
  try {
    await mkdir(join(draft, "tree"), { recursive: true, mode: 0o700 });
    for (const path of paths) await copy(join(place.tree, path), join(draft, "tree", path));
    await copyHome(place.home, join(draft, "home"));
    await writeFile(join(draft, LIST), JSON.stringify(paths), { mode: 0o600 });
    await rename(draft, folder).catch(ignoreTaken);
    for (const path of await tooOld(dirname(folder), now)) await removeFolder(path);
  } finally {
    await removeFolder(draft);
  }
}

/** Puts a kept setup into a place whose tree has been cloned. Returns the paths it put there; `null`: none has this key. */
export async function restoreSetup(
  folder: string,
  { place, now }: Pick<KeptSetup, "place" | "now">,
): Promise<readonly string[] | null> {
  const list = parseJson(await readFile(join(folder, LIST), "utf8").catch(() => ""));
  if (!Array.isArray(list)) return null;
  const paths = list.filter((path) => typeof path === "string");
  await utimes(folder, now / 1000, now / 1000);
  for (const path of paths)
    if (await isFree(place.tree, path)) await copy(join(folder, "tree", path), join(place.tree, path));
  await copyHome(join(folder, "home"), place.home);
  return paths;
}

/**
 * Nothing stands at the path, and only folders above it. The tree may be an agent's commit: a link in it would have us
 * write, from outside of the walls, wherever it leads.
 */
async function isFree(tree: string, path: string): Promise<boolean> {
  const steps = path.split("/");
  for (const count of steps.keys()) {
    const kind = await lstat(join(tree, ...steps.slice(0, count + 1))).catch(() => null);
    if (kind === null) return true;
    if (!kind.isDirectory()) return false;
  }
  return false;
}

/** Setups that are kept, and the age at which one may go: nobody is copying from it any more. */
const MOST_KEPT = 20;
const OLD_MS = 24 * 3_600_000;

/** The setups that were used longest ago beyond the most that are kept. */
async function tooOld(cache: string, now: number): Promise<readonly string[]> {
  const paths = (await readdir(cache)).map((name) => join(cache, name));
  const used = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const surplus = used.toSorted((left, right) => right.at - left.at).slice(MOST_KEPT);
  return surplus.filter(({ at }) => now - at > OLD_MS).map(({ path }) => path);
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await cp(from, to, COPY);
}

/** Where agents look for instructions. Nobody's dependencies lie there, and nobody speaks to the agents of others. */
const AGENTS_OWN = [".codex", ".agents"];

async function copyHome(from: string, to: string): Promise<void> {
  const own = new Set(AGENTS_OWN.map((name) => join(from, name)));
  await cp(from, to, { ...COPY, filter: (path) => !own.has(path) });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}
