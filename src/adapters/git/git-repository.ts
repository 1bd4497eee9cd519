import type { Repository } from "../../ports/repository.ts";
import { addedIn, changedIn } from "./changed-in.ts";
import { facts } from "./facts.ts";
import { fetchBundle } from "./fetch-bundle.ts";
import { changed, fileAt, filesAt } from "./read-tree.ts";
import { branchHead, resolve } from "./resolve.ts";
import { gitOf } from "./run-git.ts";

/** Repositories of people on this machine, by the git of `searchPath`, a `PATH`. */
export function gitRepository(searchPath: string): Repository {
  const git = gitOf(searchPath);
  return {
    facts: (path) => facts(git, path),
    resolve: (path, revision) => resolve(git, path, revision),
    fileAt: (path, at) => fileAt(git, path, at),
    filesAt: (path, commit) => filesAt(git, path, commit),
    changed: (path, range) => changed(git, path, range),
    changedIn: (path, wish) => changedIn(git, path, wish),
    addedIn: (path, wish) => addedIn(git, path, wish),
    fetchBundle: (path, wish) => fetchBundle(git, path, wish),
    branchHead: (path, branch) => branchHead(git, path, branch),
  };
}
