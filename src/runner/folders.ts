import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Door, SandboxWalls } from "../ports/sandbox.ts";

/** One tree with a home and a temp folder of its own: what programs may write. */
export interface Place {
  readonly tree: string;
  readonly home: string;
  readonly tmp: string;
}

/** The folders of an attempt. `out` and `files` are written by us alone. */
export interface Folders {
  readonly root: string;
  readonly work: Place;
  readonly verify: Place;
  /** The agent's own state. Made when the agent begins, so that nothing that setup ran has seen it. */
  readonly agent: string;
  /** Artifacts on their way to the host. */
  readonly out: string;
}

export function foldersOf(root: string): Folders {
  return {
    root,
    work: placeOf(join(root, "work")),
    verify: placeOf(join(root, "verify")),
    agent: join(root, "agent"),
    out: join(root, "out"),
  };
}

function placeOf(folder: string): Place {
  return { tree: join(folder, "tree"), home: join(folder, "home"), tmp: join(folder, "tmp") };
}

/** Makes home and temp folder; the tree is made by its clone. */
export async function makePlace(place: Place): Promise<void> {
  await mkdir(place.home, { recursive: true, mode: 0o700 });
  await mkdir(place.tmp, { recursive: true, mode: 0o700 });
}

export interface WallsWish {
  readonly hidden: readonly string[];
  readonly network: boolean;
  /** The tree may be read and not written. */
  readonly readOnly?: boolean;
  /** The way to the model gateway. */
  readonly door?: Door | undefined;
}

/** Walls around a place: its own folders may be written, but not the repository's `.git`. */
export function wallsOf(place: Place, { hidden, network, readOnly = false, door }: WallsWish): SandboxWalls {
  const { tree, home, tmp } = place;
  const rest = { hidden, network, ...(door === undefined ? {} : { door }) };
  return readOnly
    ? { writable: [home, tmp], shown: [tree], ...rest }
    : { writable: [tree, home, tmp], shown: [join(tree, ".git")], ...rest };
}

/** The whole environment of a program in a place. */
export function environmentOf(place: Place, base: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...base, HOME: place.home, TMPDIR: place.tmp };
}
