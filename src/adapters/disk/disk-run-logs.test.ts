import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { idOf } from "../../model/ids.ts";
import { diskRunLogs } from "./disk-run-logs.ts";

test("[JOB-6] a log is read on from any place while it grows, by its owner only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-logs-"));
  const logs = diskRunLogs(join(folder, "logs"));
  const id = idOf.attempt("a");
  const text = async (from: number): Promise<string> => Buffer.from(await logs.read(id, from)).toString("utf8");
  expect([await text(0), await logs.count(id)]).toEqual(["", 0]);
  await logs.append(id, ['{"n":1}', '{"n":2}']);
  expect([await text(8), await logs.count(id)]).toEqual(['{"n":2}\n', 2]);
  await logs.append(id, ['{"n":3}']);
  expect([await text(16), await text(24), await logs.count(id)]).toEqual(['{"n":3}\n', "", 3]);
  expect((await stat(logs.pathOf(id))).mode & 0o777).toBe(0o600);
  await logs.remove(id);
  expect(await text(0)).toBe("");
  await rm(folder, { recursive: true });
});
