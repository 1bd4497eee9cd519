import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson, stringAt } from "../kit/json.ts";

/** The folder that holds package.json: two above this file, in a checkout (`src/world`) as in the package (`dist/world`). */
export function programRoot(): string {
  return dirname(dirname(dirname(fileURLToPath(import.meta.url))));
}

/** The version in package.json. */
export function programVersion(): string {
  return stringAt(parseJson(readFileSync(join(programRoot(), "package.json"), "utf8")), "version") ?? "unknown";
}

/** True in a git checkout, where `src/` runs; false in the package, where `dist/` runs. */
export function isCheckout(): boolean {
  return existsSync(join(programRoot(), "src", "main.ts"));
}
