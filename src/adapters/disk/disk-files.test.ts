import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../kit/hash.ts";
import { diskFiles } from "./disk-files.ts";

function inFolder(): ReturnType<typeof diskFiles> {
  const folder = mkdtempSync(join(tmpdir(), "disk-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return diskFiles(join(folder, "files"));
}

test("[RUN-9] bytes are kept once by their hash, for their owner's eyes", async () => {
  const files = inFolder();
  const bytes = Buffer.from("hello");
  const hash = sha256("hello");
  const [first, second] = await Promise.all([files.put(bytes), files.put(bytes)]);
  expect([first, second]).toEqual([
    { sha256: hash, bytes: 5 },
    { sha256: hash, bytes: 5 },
  ]);
  expect(readdirSync(dirname(files.pathOf(hash)))).toEqual([hash]);
  expect(statSync(files.pathOf(hash)).mode & 0o777).toBe(0o600);
  expect(await files.get(hash)).toEqual(bytes);
});

test("[RUN-9] what is not there, or is not any more what it was, is nothing", async () => {
  const files = inFolder();
  expect(await files.get(sha256("none"))).toBeNull();
  const { sha256: hash } = await files.put(Buffer.from("hello"));
  writeFileSync(files.pathOf(hash), "hallo");
  expect(await files.get(hash)).toBeNull();
  await files.put(Buffer.from("hello"));
  expect(await files.get(hash)).toEqual(Buffer.from("hello"));
  await files.remove(hash);
  await files.remove(hash);
  expect(await files.get(hash)).toBeNull();
});
