import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeFolder, Trash, trashOf } from "./trash.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "trash-"));
  mkdirSync(join(root, "attempts"));
});
afterEach(() => void execFileSync("rm", ["-rf", root]));

const DEEP = "import os\nfor _ in range(3000):\n  os.mkdir('d')\n  os.chdir('d')\n";

function attempt(): string {
  const folder = join(root, "attempts", "1");
  mkdirSync(folder);
  return folder;
}

test("[RUN-3] a folder deeper than any path may be long is removed, with what may not be written and without what links lead to", async () => {
  const folder = attempt();
  execFileSync("python3", ["-c", DEEP], { cwd: folder });
  mkdirSync(join(folder, "closed"));
  writeFileSync(join(folder, "closed/file"), "");
  chmodSync(join(folder, "closed"), 0o500);
  writeFileSync(join(root, "kept"), "");
  symlinkSync(root, join(folder, "link"));
  await removeFolder(folder, 60_000);
  expect(readdirSync(root).toSorted()).toEqual(["attempts", "kept", "trash"]);
  expect(readdirSync(join(root, "trash"))).toEqual([]);
});

test("[RUN-3] what there was no time for is out of the way, and removed in a later round", async () => {
  const folder = attempt();
  await new Trash(trashOf(folder)).take(folder);
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(join(root, "trash"))).toHaveLength(1);
  const trash = new Trash(trashOf(folder));
  expect(await trash.take(folder)).toBeNull();
  trash.empty();
  await expect.poll(() => readdirSync(join(root, "trash"))).toEqual([]);
  await trash[Symbol.asyncDispose]();
});
