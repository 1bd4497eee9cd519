import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { machineSources } from "./environment.ts";

test("[HSE-4] a file that is not there is null, one that cannot be read is a failure that names it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "config-"));
  await writeFile(join(folder, "config.yaml"), "port: 1");
  await mkdir(join(folder, "folder.yaml"));
  const { readFile } = machineSources({}, {});
  expect(await readFile(join(folder, "config.yaml"))).toEqual({ ok: true, value: "port: 1" });
  expect(await readFile(join(folder, "none.yaml"))).toEqual({ ok: true, value: null });
  expect(await readFile(join(folder, "folder.yaml"))).toMatchObject({
    ok: false,
    failure: {
      code: "config_invalid",
      message: `${join(folder, "folder.yaml")} cannot be read.`,
      cause: "The system says EISDIR.",
    },
  });
  await rm(folder, { recursive: true });
});
