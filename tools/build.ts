/** `npm run build`: what the package carries. `dist/` = compiled source + the page + the sample recordings. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

/** Only recordings: the ground truth beside them is for our tests. */
const RECORDINGS = "samples/**/{sessions,archived_sessions}";

function run(program: string, words: readonly string[], cwd: string): void {
  execFileSync(program, words, { cwd, stdio: "inherit" });
}

function buildPage(): void {
  if (!existsSync(join(root, "web/index.html")))
    throw new Error("web/index.html is not there: the package would have no page");
  run(bin("vite"), ["build", "--logLevel", "warn"], join(root, "web"));
  cpSync(join(root, "web/dist"), join(dist, "web"), { recursive: true });
}

function copyRecordings(): void {
  const folders = globSync(RECORDINGS, { cwd: root });
  if (folders.length === 0) throw new Error("samples/ holds no recordings: the package would have nothing to show");
  for (const folder of folders) cpSync(join(root, folder), join(dist, folder), { recursive: true });
}

rmSync(dist, { recursive: true, force: true });
run(bin("tsc"), ["-p", "tsconfig.build.json"], root);
buildPage();
copyRecordings();
