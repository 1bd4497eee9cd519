import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { runNode } from "../adapters/process/run-node.ts";
import { environment } from "../config/environment.ts";
import { isCheckout, programRoot } from "./program.ts";

/** The folder of the built console page; in a checkout it is built first when any of its sources is newer. */
export async function consolePage(note: (text: string) => void): Promise<Result<string, Failure>> {
  if (!isCheckout()) return ok(join(programRoot(), "dist", "web"));
  const web = join(programRoot(), "web");
  const built = join(web, "dist");
  if (!isStale(web, built)) return ok(built);
  note("Building the console page (once, a few seconds) …");
  const vite = join(programRoot(), "node_modules", "vite", "bin", "vite.js");
  // Without the settings that would change Node itself.
  const { PATH, HOME } = environment();
  const done = await runNode([vite, "build", "--logLevel", "error"], { cwd: web, env: { PATH, HOME } });
  return done.code === 0 ? ok(built) : fail(notBuilt(done.output));
}

function isStale(web: string, built: string): boolean {
  const page = join(built, "index.html");
  if (!existsSync(page)) return true;
  const builtAt = statSync(page).mtimeMs;
  const shapes = join(programRoot(), "src", "views", "shapes");
  const files = ["index.html", "package.json", "vite.config.ts"].map((name) => join(web, name));
  const sources = [...files, ...[join(web, "src"), join(web, "public"), shapes].flatMap(filesBelow)];
  return sources.some((path) => existsSync(path) && statSync(path).mtimeMs > builtAt);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function notBuilt(output: string): Failure {
  return {
    code: "failed",
    message: "The console page could not be built.",
    cause: output.trim().split("\n").at(-1) ?? "The bundler said nothing.",
    hint: "Do this: run `npm ci`, then `npx -w web vite build` to see why.",
    retry: "never",
  };
}
