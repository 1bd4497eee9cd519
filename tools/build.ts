/** `npm run build`: what the package carries. `dist/` = compiled source + the page + the sample recordings. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** Only recordings: the ground truth beside them is for our tests. */
const RECORDINGS = "samples/**/{sessions,archived_sessions}";

/** Ends the build when the program fails; it has said why itself. */
function run(name: string, words: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(join(root, "node_modules/.bin", name), words, { cwd, stdio: "inherit" });
  if (status !== 0) stop(`${name} failed${error === undefined ? "" : `: ${error.message}`}`);
}

function stop(why: string): never {
  console.error(`build: ${why}`);
  process.exit(1);
}

function buildPage(): void {
  if (!existsSync(join(root, "web/index.html"))) stop("web/index.html is not there: the package would have no page");
  run("vite", ["build", "--logLevel", "warn"], join(root, "web"));
  cpSync(join(root, "web/dist"), join(dist, "web"), { recursive: true });
}

function copyRecordings(): void {
  const folders = globSync(RECORDINGS, { cwd: root });
  if (folders.length === 0) stop("samples/ holds no recordings: the package would have nothing to show");
  for (const folder of folders) cpSync(join(root, folder), join(dist, folder), { recursive: true });
}

rmSync(dist, { recursive: true, force: true });
run("tsc", ["-p", "tsconfig.build.json"], root);
buildPage();
copyRecordings();
