import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of each TypeScript file by its path from the root, with forward slashes. */
export type SourceTree = ReadonlyMap<string, string>;

const NOT_OURS = /(^|\/)(node_modules|dist|fixtures)\//;

/** Every `.ts` and `.tsx` file in these folders of `root`; folders that do not exist are empty. */
export function readSourceTree(root: string, folders: readonly string[]): SourceTree {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const paths = present.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }));
  const ours = paths.filter((path) => !NOT_OURS.test(path)).toSorted();
  return new Map(ours.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
