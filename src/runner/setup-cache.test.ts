import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Place } from "./folders.ts";
import { keepSetup, newSince, restoreSetup, snapshotOf } from "./setup-cache.ts";

const AGENTS_OWN = [".codex", ".agents"];
const NOW = Date.parse("2026-11-21T00:00:00.000Z");
const DAY = 24 * 3_600_000;

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "setup-cache-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A place whose tree has one package, as its clone would have it. */
function place(name: string): Place {
  const at = { tree: join(root, name, "tree"), home: join(root, name, "home"), tmp: join(root, name, "tmp") };
  write(join(at.tree, "packages/app/index.js"));
  mkdirSync(at.home, { recursive: true });
  return at;
}

function write(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "made\n");
}

const removeFolder = (path: string): Promise<void> => Promise.resolve(rmSync(path, { recursive: true, force: true }));

/** Keeps what a setup made in a first place. */
async function kept(): Promise<string> {
  const first = place("first");
  const before = await snapshotOf(first.tree);
  write(join(first.tree, "node_modules/dep/index.js"));
  write(join(first.tree, "packages/app/node_modules/dep/index.js"));
  write(join(first.home, ".cache/tool"));
  for (const name of AGENTS_OWN) write(join(first.home, name, "AGENTS.md"));
  const folder = join(root, "cache", "key");
  await keepSetup(folder, { place: first, paths: await newSince(first.tree, before), now: NOW, removeFolder });
  return folder;
}

test("[RUN-3] what a setup made is there again in the next clone, as a copy", async () => {
  const folder = await kept();
  const next = place("next");
  expect(await restoreSetup(folder, { place: next, now: NOW })).toEqual(["node_modules", "packages/app/node_modules"]);
  for (const path of ["node_modules/dep/index.js", "packages/app/node_modules/dep/index.js"])
    expect(readFileSync(join(next.tree, path), "utf8")).toBe("made\n");
  expect(readdirSync(next.home)).toEqual([".cache"]);
  expect(existsSync(join(next.home, ".cache/tool"))).toBe(true);
  writeFileSync(join(next.tree, "node_modules/dep/index.js"), "changed\n");
  expect(readFileSync(join(folder, "tree/node_modules/dep/index.js"), "utf8")).toBe("made\n");
});

test("[RUN-3] a link that an agent committed does not lead the setup out of the tree", async () => {
  const folder = await kept();
  const next = place("next");
  const victim = join(root, "victim");
  mkdirSync(victim);
  rmSync(join(next.tree, "packages/app"), { recursive: true });
  symlinkSync(victim, join(next.tree, "packages/app"));
  symlinkSync(victim, join(next.tree, "node_modules"));
  await restoreSetup(folder, { place: next, now: NOW });
  expect(readdirSync(victim)).toEqual([]);
});

test("[RUN-3] what git keeps for itself is nothing that a setup made, and an unknown key has nothing", async () => {
  const { tree } = place("a");
  const before = await snapshotOf(tree);
  write(join(tree, ".git/index"));
  expect(await newSince(tree, before)).toEqual([]);
  expect(await restoreSetup(join(root, "cache", "none"), { place: place("b"), now: NOW })).toBeNull();
});

test("[RUN-3] the setups that were used longest ago go, those of the last day never", async () => {
  const cache = join(root, "cache");
  const keep = (key: string): Promise<void> =>
    keepSetup(join(cache, key), { place: place(`place-of-${key}`), paths: [], now: NOW, removeFolder });
  for (let n = 0; n < 22; n += 1) {
    await keep(`key-${n}`);
    const at = (NOW - (n < 3 ? 2 * DAY : 0)) / 1000;
    utimesSync(join(cache, `key-${n}`), at, at);
  }
  await restoreSetup(join(cache, "key-0"), { place: place("next"), now: NOW });
  await keep("last");
  const left = readdirSync(cache);
  expect(left).toHaveLength(21);
  expect(left).toContain("key-0");
  expect(left).not.toContain("key-1");
  expect(left).not.toContain("key-2");
});
