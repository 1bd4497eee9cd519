/** Builds the console page once per run, as the package carries it, and tells the tests where it lies. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the built page. */
    page: string;
  }
}

const root = join(import.meta.dirname, "../..");

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const page = await mkdtemp(join(tmpdir(), "codex-loop-page-"));
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const words = [vite, "build", "--logLevel", "warn", "--outDir", page, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, words, { cwd: join(root, "web") });
  project.provide("page", page);
  return () => rm(page, { recursive: true, force: true });
}
