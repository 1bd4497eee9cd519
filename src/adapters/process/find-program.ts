import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The full path of a program on `searchPath` (a `PATH`), or of a path given as such; `null` when there is none that may be run. */
export function findProgram(name: string, searchPath: string): string | null {
  if (isAbsolute(name) || name.includes("/")) return isRunnable(name) ? name : null;
  const folders = searchPath.split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isRunnable) ?? null;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    // Folders may be entered, which is the same bit.
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
