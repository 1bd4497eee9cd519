import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "./disk-files.ts";

/** sha256 of `hello`. */
const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

test("[RUN-9] the same bytes are kept once, by their hash, for their owner only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-files-"));
  const files = diskFiles(join(folder, "files"));
  expect(await files.get(HELLO)).toBeNull();
  const kept = await files.put(Buffer.from("hello"));
  expect(kept).toEqual({ sha256: HELLO, bytes: 5 });
  expect(await files.put(Buffer.from("hello"))).toEqual(kept);
  expect(Buffer.from((await files.get(HELLO)) ?? []).toString()).toBe("hello");
  expect(await readdir(dirname(files.pathOf(HELLO)))).toEqual([HELLO]);
  expect((await stat(files.pathOf(HELLO))).mode & 0o777).toBe(0o400);
  await files.remove(HELLO);
  expect(await files.get(HELLO)).toBeNull();
  await rm(folder, { recursive: true });
});
