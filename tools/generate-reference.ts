/** Writes every page of `docs/reference` from the tables in the code; `--check` writes nothing and fails when one differs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { driftedPages } from "./reference/drift.ts";
import { referencePages } from "./reference/pages.ts";

const root = dirname(import.meta.dirname);
const pages = referencePages();

const drifted = driftedPages(pages, (path) => {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
});

if (process.argv.includes("--check")) {
  for (const path of drifted) process.stdout.write(`${path} differs from the code; run \`npm run reference\`\n`);
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  for (const page of pages.filter(({ path }) => drifted.includes(path))) {
    mkdirSync(dirname(join(root, page.path)), { recursive: true });
    writeFileSync(join(root, page.path), page.text);
    process.stdout.write(`wrote ${page.path}\n`);
  }
}
