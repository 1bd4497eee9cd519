/** The private clone of an attempt and our own git in it: no hooks, no filters, no configuration but ours. */
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { ChangedFile } from "../model/verdict.ts";

export interface CommitWish {
  readonly subject: string;
  readonly trailers: readonly (readonly [key: string, value: string])[];
  readonly branch: string;
}

export interface Commit {
  readonly head: string;
  readonly files: readonly ChangedFile[];
}

export interface Workspace {
  /**
   * Clones `repository` at `base` into `folder` (must not exist), sharing no file with it. Our own records of the clone
   * stand beside it, in `folder` + `.git`: no wall may make them writable, and they are removed with it.
   */
  clone(wish: {
    readonly repository: string;
    readonly base: string;
    readonly folder: string;
  }): Promise<Result<void, Failure>>;
  /** A fresh clone, in a folder that must not exist, of a commit that was made in the clone `folder`. */
  cloneCommit(folder: string, wish: { readonly commit: string; readonly into: string }): Promise<Result<void, Failure>>;
  /** Keeps paths of the work tree out of every commit, whatever the repository says of them. */
  leaveOut(folder: string, paths: readonly string[]): Promise<void>;
  /**
   * A command that says something when the work tree it runs in has changed, and the environment it needs. It believes
   * the clone, so it runs inside the walls, and its answer is a hint: only `commit` knows.
   */
  readonly look: {
    readonly command: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  };
  /**
   * Commits all changes of the work tree on a new branch; `null` when nothing changed. Again on the same branch goes on
   * top of it. Repositories that were made inside of the work tree lose their `.git` and are files like all others.
   * Nothing else may be writing in `folder`: links that appear meanwhile would lead the commit out of it.
   */
  commit(folder: string, wish: CommitWish): Promise<Result<Commit | null, Failure>>;
  /** The unified diff between two commits, with renames, binary files named only. */
  diff(folder: string, range: { readonly base: string; readonly head: string }): Promise<Result<string, Failure>>;
  /** The same for looking through what it adds: every byte of binary files, and none of removed ones. */
  added(folder: string, range: { readonly base: string; readonly head: string }): Promise<Result<string, Failure>>;
  /** Writes `base..branch` as a git bundle. */
  bundle(
    folder: string,
    wish: { readonly base: string; readonly branch: string; readonly file: string },
  ): Promise<Result<void, Failure>>;
}
