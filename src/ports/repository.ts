/** A repository of this machine, looked at and given branches without touching its work tree, index or hooks. */
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { ChangedFile } from "../model/verdict.ts";

export interface RepositoryFacts {
  /** The absolute folder of the repository's top level. */
  readonly folder: string;
  /** The branch that is checked out; `null` when the head is detached. */
  readonly branch: string | null;
  /** The commit of `branch`, or of the detached head. */
  readonly head: string;
  /** Files that differ from the head in the work tree or index, at most counted to 1,000. */
  readonly dirtyFiles: number;
}

export interface Repository {
  /** Fails with `not_found` (no folder), `usage` (no git repository, bare, or without a commit). */
  facts(path: string): Promise<Result<RepositoryFacts, Failure>>;
  /** The full commit id of a revision; `not_found` where there is none. */
  resolve(path: string, revision: string): Promise<Result<string, Failure>>;
  /** A file's bytes at a commit; `null` where it is not there. */
  fileAt(path: string, at: { readonly commit: string; readonly file: string }): Promise<Result<string | null, Failure>>;
  /** Every path of the tree at a commit. */
  filesAt(path: string, commit: string): Promise<Result<readonly string[], Failure>>;
  /** What changed between two commits, renames as removal and addition. */
  changed(
    path: string,
    range: { readonly base: string; readonly head: string },
  ): Promise<Result<readonly ChangedFile[], Failure>>;
  /** What the branch of a bundle changes since `base`, found out without putting anything into the repository. */
  changedIn(
    path: string,
    wish: { readonly bundle: string; readonly branch: string; readonly base: string; readonly head: string },
  ): Promise<Result<readonly ChangedFile[], Failure>>;
  /** The same as a unified diff for looking through what it adds: every byte of binary files, and none of removed ones. */
  addedIn(
    path: string,
    wish: { readonly bundle: string; readonly branch: string; readonly base: string; readonly head: string },
  ): Promise<Result<string, Failure>>;
  /** Takes a branch out of a bundle. Refuses to move a branch that is checked out or that has other commits (`conflict`). */
  fetchBundle(
    path: string,
    wish: { readonly bundle: string; readonly branch: string; readonly head: string },
  ): Promise<Result<void, Failure>>;
  /** The commit a branch points at; `null` when there is no such branch. */
  branchHead(path: string, branch: string): Promise<Result<string | null, Failure>>;
}
