/** What any look for changes must at least do: walk the folders and ask for each file's size and time. `node walk.ts DIR` */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sayPass } from "./pass.ts";

const [root = ""] = process.argv.slice(2);
await sayPass(async () => ({ files: walk(root), bytes: 0 }));

/** How many files there are that have a size. */
function walk(folder: string): number {
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files += walk(path);
    else if (statSync(path).size > 0) files += 1;
  }
  return files;
}
