import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { hashParts, sha256 } from "../kit/hash.ts";
import type { CommandLine } from "../model/profile.ts";

/** Files that say which dependencies a tree has: locks, and the manifests whose scripts run at installation. */
const NAMES: ReadonlySet<string> = new Set([
  ..."package.json package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb .npmrc".split(" "),
  ..."Cargo.toml Cargo.lock go.mod go.sum pyproject.toml poetry.lock uv.lock Pipfile Pipfile.lock setup.py".split(" "),
  ..."Gemfile Gemfile.lock composer.json composer.lock mix.exs mix.lock pom.xml gradle.lockfile flake.lock".split(" "),
  ..."deno.json deno.lock Package.resolved pubspec.yaml pubspec.lock packages.lock.json".split(" "),
]);
const LOCK = /lock|\.sum$|requirements[^/]*\.txt$|shrinkwrap|resolved/i;
const REQUIREMENTS = /^requirements[^/]*\.txt$/;

/** Folders below the top that are looked into: workspaces have their manifests there. */
const DEEPEST = 3;
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules", ".venv", "vendor", "target", "dist"]);

/**
 * What a setup's result depends on: its lines and the files that name dependencies. Where no lock file pins them, only the
 * very same commit has the same result.
 */
export async function setupKey(
  tree: string,
  { setup, commit }: { readonly setup: readonly CommandLine[]; readonly commit: string },
): Promise<string> {
  const files = await dependencyFiles(tree, tree, DEEPEST);
  const hashes = await Promise.all(
    files.toSorted().map(async (file) => [file, sha256(await readFile(join(tree, file)))]),
  );
  const pinned = files.some((file) => LOCK.test(file));
  return hashParts("setup-1", JSON.stringify(setup), JSON.stringify(hashes), pinned ? "" : commit);
}

/** Whether setup is taken to read the file at this path of a tree. */
export function isDependencyFile(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  const isSeen = folders.length <= DEEPEST && !folders.some((folder) => SKIPPED.has(folder));
  return isSeen && isDependencyName(name);
}

function isDependencyName(name: string): boolean {
  return NAMES.has(name) || REQUIREMENTS.test(name);
}

async function dependencyFiles(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile() && isDependencyName(entry.name))
    .map((entry) => relative(root, join(folder, entry.name)));
  const folders = depth === 0 ? [] : entries.filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name));
  const below = await Promise.all(folders.map((entry) => dependencyFiles(root, join(folder, entry.name), depth - 1)));
  return [...found, ...below.flat()];
}
