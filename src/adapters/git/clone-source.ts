import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { textOf } from "./git-failure.ts";
import type { Git } from "./run-git.ts";

/** What has to be known of a repository before a commit of it is cloned. */
export interface CloneSource {
  readonly objects: string;
  readonly format: string;
  /** Full names of the tags that point into the history of the base. */
  readonly tags: readonly string[];
}

/** Fails with `not_found` when the repository has no such commit. */
export async function cloneSource(
  git: Git,
  { repository, base }: Parameters<Workspace["clone"]>[0],
): Promise<Result<CloneSource, Failure>> {
  const what = `${repository} cannot be read.`;
  const args = ["rev-parse", "--path-format=absolute", "--git-path", "objects", "--show-object-format"];
  const facts = textOf(what, await git({ folder: repository, args }));
  if (!facts.ok) return facts;
  const has = await git({ folder: repository, args: ["cat-file", "-e", `${base}^{commit}`] });
  if (has.code !== 0) return fail(noBase(repository, base));
  const merged = ["for-each-ref", `--merged=${base}`, "--format=%(refname)", "refs/tags"];
  const tags = textOf(what, await git({ folder: repository, args: merged }));
  if (!tags.ok) return tags;
  const [objects, format] = splitLast(facts.value.trimEnd());
  return ok({ objects, format, tags: tags.value.split("\n").filter((tag) => tag !== "") });
}

/** The text before the last line break and the text after it: a path may hold line breaks, the last answer none. */
function splitLast(text: string): readonly [string, string] {
  const at = text.lastIndexOf("\n");
  return [text.slice(0, at), text.slice(at + 1)];
}

function noBase(repository: string, base: string): Failure {
  return {
    code: "not_found",
    message: `${repository} has no commit ${base}.`,
    cause: "It was removed, or never was in this repository.",
    hint: "Do this: choose a commit that is there.",
    retry: "never",
  };
}
