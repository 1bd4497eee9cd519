import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Place } from "./folders.ts";
import { keepSetup, newSince, restoreSetup, snapshotOf } from "./setup-cache.ts";

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

/** Keeps what a setup made in a first place. */
async function kept(): Promise<string> {
  const first = place("first");
  const before = await snapshotOf(first.tree);
  write(join(first.tree, "node_modules/dep/index.js"));
  write(join(first.tree, "packages/app/node_modules/dep/index.js"));
  write(join(first.home, ".cache/tool"));
  const folder = join(root, "cache");
  await keepSetup(folder, { place: first, paths: await newSince(first.tree, before) });
  return folder;
}

test("[RUN-3] what a setup made is there again in the next clone, as a copy", async () => {
  const folder = await kept();
  const next = place("next");
  expect(await restoreSetup(folder, next)).toEqual(["node_modules", "packages/app/node_modules"]);
  for (const path of ["node_modules/dep/index.js", "packages/app/node_modules/dep/index.js"])
    expect(readFileSync(join(next.tree, path), "utf8")).toBe("made\n");
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
  await restoreSetup(folder, next);
  expect(readdirSync(victim)).toEqual([]);
});
