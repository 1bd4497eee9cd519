import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isDependencyFile, setupKey } from "./setup-key.ts";

function treeOf(files: Readonly<Record<string, string>>): string {
  const tree = mkdtempSync(join(tmpdir(), "setup-key-"));
  onTestFinished(() => rmSync(tree, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}

const key = (files: Readonly<Record<string, string>>, commit = "a", setup: readonly string[] = ["npm ci"]) =>
  setupKey(treeOf(files), { setup, commit });

const LOCKED = { "package.json": "{}", "package-lock.json": "1", "src/a.ts": "x" };

test("[RUN-3] a setup is the same for the same lines, locks and manifests, whatever else changes", async () => {
  const first = await key(LOCKED);
  expect(await key({ ...LOCKED, "src/a.ts": "y" }, "b")).toBe(first);
  expect(await key({ ...LOCKED, "package-lock.json": "2" })).not.toBe(first);
  expect(await key({ ...LOCKED, "package.json": '{"scripts":{}}' })).not.toBe(first);
  expect(await key({ ...LOCKED, "web/package.json": "{}" })).not.toBe(first);
  expect(await key(LOCKED, "a", ["npm ci --omit=dev"])).not.toBe(first);
});

test("[RUN-3] without a lock only the same commit has the same setup", async () => {
  const files = { "package.json": "{}" };
  expect(await key(files, "a")).toBe(await key(files, "a"));
  expect(await key(files, "a")).not.toBe(await key(files, "b"));
});

test("[RUN-4] a file counts as one of dependencies where the key looks for it, and nowhere else", () => {
  const paths = ["package.json", "web/app/package.json", "requirements-dev.txt"];
  expect(paths.filter(isDependencyFile)).toEqual(paths);
  expect(["src/a.ts", "vendor/package.json", "a/b/c/d/package.json", ""].filter(isDependencyFile)).toEqual([]);
});
