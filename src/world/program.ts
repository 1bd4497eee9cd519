import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json: two above this file, in a checkout (`src/world`) as in the package (`dist/world`). */
export function programRoot(): string {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}

/** The version in package.json. */
export function programVersion(): string {
  const text = readFileSync(join(programRoot(), "package.json"), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version); // our own file
}

/** True in a git checkout, where `src/` runs; false in the package, where `dist/` runs. */
export function isCheckout(): boolean {
  return existsSync(join(programRoot(), "src", "main.ts"));
}
