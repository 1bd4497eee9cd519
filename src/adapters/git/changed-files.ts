import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { ChangedFile } from "../../model/verdict.ts";
import { textOf } from "./git-failure.ts";
import type { Git, GitCall } from "./run-git.ts";

type Where = Pick<GitCall, "folder" | "env">;
interface Range {
  readonly base: string;
  readonly head: string;
}

/** Bytes: a binary file counts as many lines as that much text would have. */
const BYTES_OF_A_LINE = 80;

/** What changed between two commits, renames as removal and addition; of a binary file all lines are other ones. */
export async function changedFiles(git: Git, where: Where, range: Range): Promise<Result<ChangedFile[], Failure>> {
  const told = await treeDiff(git, where, { ...range, flag: "--numstat" });
  if (!told.ok) return told;
  const rows = told.value.map(countedOf);
  if (rows.every(({ isBinary }) => !isBinary)) return ok(rows.map(({ file }) => file));
  const sizes = await sizesOf(git, where, range);
  if (!sizes.ok) return sizes;
  return ok(rows.map(({ file, isBinary }) => (isBinary ? { ...file, ...sizes.value.get(file.path) } : file)));
}

/** The fields of a comparison that end in NUL. */
async function treeDiff(
  git: Git,
  where: Where,
  { base, head, flag }: Range & { readonly flag: "--numstat" | "--raw" },
): Promise<Result<readonly string[], Failure>> {
  const flags = [flag, "-z", "-r", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-commit-id"];
  const run = await git({ ...where, args: ["diff-tree", ...flags, base, head, "--"] });
  const text = textOf(`The changes from ${base} to ${head} cannot be read.`, run);
  return text.ok ? ok(text.value.split("\0").filter((field) => field !== "")) : text;
}

/** `added TAB removed TAB path`, where a binary file has `-` for both counts and a path may hold tabs. */
function countedOf(row: string): { readonly file: ChangedFile; readonly isBinary: boolean } {
  const [added = "", removed = "", ...path] = row.split("\t");
  const isBinary = added === "-";
  const [more, less] = isBinary ? [1, 1] : [Number(added), Number(removed)];
  return { file: { path: path.join("\t"), added: more, removed: less }, isBinary };
}

type Lines = Pick<ChangedFile, "added" | "removed">;

/** By path, how much of each file is gone and new when all of it is. Fields: `:mode mode id id status`, then the path. */
async function sizesOf(git: Git, where: Where, range: Range): Promise<Result<ReadonlyMap<string, Lines>, Failure>> {
  const told = await treeDiff(git, where, { ...range, flag: "--raw" });
  if (!told.ok) return told;
  const pairs = told.value.flatMap((field, index) => {
    const [, , before = "", after = ""] = field.split(" ");
    return index % 2 === 0 ? [{ path: told.value[index + 1] ?? "", before, after }] : [];
  });
  const input = pairs.map(({ before, after }) => `${before}\n${after}\n`).join("");
  const run = await git({ ...where, args: ["cat-file", "--batch-check=%(objectsize)"], input });
  const text = textOf("The sizes of changed files cannot be read.", run);
  if (!text.ok) return text;
  const sizes = text.value.split("\n").map(linesOf);
  const at = (index: number): Lines => ({ removed: sizes[2 * index] ?? 1, added: sizes[2 * index + 1] ?? 1 });
  return ok(new Map(pairs.map(({ path }, index) => [path, at(index)])));
}

/** The id of nothing is `missing`. */
function linesOf(size: string): number {
  return /^\d+$/.test(size) ? Math.ceil(Number(size) / BYTES_OF_A_LINE) : 0;
}
