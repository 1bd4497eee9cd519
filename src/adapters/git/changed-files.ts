import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { ChangedFile } from "../../model/verdict.ts";
import { textOf } from "./git-failure.ts";
import type { Git, GitCall } from "./run-git.ts";

/** What changed between two commits, renames as removal and addition; a binary file has no lines. */
export async function changedFiles(
  git: Git,
  where: Pick<GitCall, "folder" | "env">,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<Result<ChangedFile[], Failure>> {
  const flags = ["--numstat", "-z", "-r", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-commit-id"];
  const run = await git({ ...where, args: ["diff-tree", ...flags, base, head, "--"] });
  const text = textOf(`The changes from ${base} to ${head} cannot be read.`, run);
  return text.ok
    ? ok(
        text.value
          .split("\0")
          .filter((row) => row !== "")
          .map(changedFile),
      )
    : text;
}

/** `added TAB removed TAB path`, where a binary file has `-` for both counts and a path may hold tabs. */
function changedFile(row: string): ChangedFile {
  const [added = "", removed = "", ...path] = row.split("\t");
  return { path: path.join("\t"), added: linesOf(added), removed: linesOf(removed) };
}

function linesOf(count: string): number {
  return count === "-" ? 0 : Number(count);
}
