import { realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { fileWorkFailed, gitFailed, textOf } from "./git-failure.ts";
import { byOwnRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";

const WHAT = "The changes of the work tree could not be gathered.";

interface Stage {
  readonly folder: string;
  /** The commit that the tree is compared with. */
  readonly parent: string;
}

/** Puts all of the work tree that is not ignored into our index; the tree's id, `null` when it is the parent's. */
export async function stageAll(git: Git, { folder, parent }: Stage): Promise<Result<string | null, Failure>> {
  const env = byOwnRecords(folder);
  const unnested = await removeNested(git, folder);
  if (!unnested.ok) return unnested;
  const added = await git({ folder, args: ["add", "--all", "--", "."], env });
  if (added.code !== 0) return gitFailed(WHAT, added);
  const kept = await keepSubmodules(git, { folder, parent });
  if (!kept.ok) return kept;
  const tree = textOf(WHAT, await git({ folder, args: ["write-tree"], env }));
  if (!tree.ok) return tree;
  const before = textOf(WHAT, await git({ folder, args: ["rev-parse", `${parent}^{tree}`], env }));
  if (!before.ok) return before;
  return ok(tree.value === before.value ? null : tree.value.trim());
}

/**
 * A repository inside of the work tree would be committed as one opaque pointer. It loses its `.git` and is files like
 * all others, also for the acceptance commands that run afterwards. Each removal may uncover the next one.
 */
async function removeNested(git: Git, folder: string): Promise<Result<void, Failure>> {
  for (;;) {
    const args = ["ls-files", "-z", "--others", "--exclude-standard"];
    const listed = textOf(WHAT, await git({ folder, args, env: byOwnRecords(folder) }));
    if (!listed.ok) return listed;
    const nested = listed.value.split("\0").filter((path) => path.endsWith("/"));
    if (nested.length === 0) return ok(undefined);
    for (const path of nested) {
      if (!(await isReal(folder, path))) return fileWorkFailed(WHAT, new Error(`${path} became a link meanwhile.`));
      await rm(join(folder, path, ".git"), { recursive: true, force: true });
    }
  }
}

/** Git named a folder; by now a link may stand in its way, and what lies behind it is not ours to remove. */
async function isReal(folder: string, path: string): Promise<boolean> {
  const [real, root] = await Promise.all([realpath(join(folder, path)).catch(() => null), realpath(folder)]);
  return real !== null && real === join(root, path).replace(/\/$/, "");
}

/** Submodules are not fetched, so what moved their pointer is no work that could be delivered: it is put back. */
async function keepSubmodules(git: Git, { folder, parent }: Stage): Promise<Result<void, Failure>> {
  const env = byOwnRecords(folder);
  const args = ["diff-index", "--cached", "--raw", "--no-renames", "--no-abbrev", "-z", parent];
  const raw = textOf(WHAT, await git({ folder, args, env }));
  if (!raw.ok) return raw;
  const input = pointersBack(raw.value);
  if (input === "") return ok(undefined);
  const back = await git({ folder, args: ["update-index", "-z", "--index-info"], env, input });
  return back.code === 0 ? ok(undefined) : gitFailed(WHAT, back);
}

/** Lines of `--index-info` for each entry whose new side is a submodule's pointer: its old side, or none. */
function pointersBack(raw: string): string {
  const parts = raw.split("\0");
  const lines: string[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, oldMode = "", newMode = "", oldId = ""] = /^:(\d+) (\d+) ([0-9a-f]+) /.exec(parts[at] ?? "") ?? [];
    if (newMode === "160000") lines.push(`${oldMode === "000000" ? "0" : oldMode} ${oldId}\t${parts[at + 1]}\0`);
  }
  return lines.join("");
}
