/** A person's repository: looked at and given branches, and otherwise left alone. */
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitRepository } from "../../../src/adapters/git/git-repository.ts";
import { gitWorkspace } from "../../../src/adapters/git/git-workspace.ts";
import { git, ScratchRepository, TRAP_ATTRIBUTES, writeFiles } from "../../fakes/scratch-repository.ts";

const PATH = process.env["PATH"] ?? "";
const repository = gitRepository(PATH);
const workspace = gitWorkspace(PATH);
const BRANCH = "codex-loop/idea-1";

test("[RUN-3] facts: branch, head and dirt, a detached head among them", async () => {
  using person = new ScratchRepository();
  const head = person.git("rev-parse", "HEAD");
  const facts = { folder: person.folder, branch: "main", head, dirtyFiles: 0 };
  expect(await repository.facts(join(person.folder, "src"))).toEqual({ ok: true, value: facts });
  writeFiles(person.folder, { "src/a.ts": "x\n", "new.ts": "x\n" });
  expect(await repository.facts(person.folder)).toEqual({ ok: true, value: { ...facts, dirtyFiles: 2 } });
  person.git("checkout", "-q", "--detach");
  expect(await repository.facts(person.folder)).toMatchObject({ ok: true, value: { branch: null, head } });
});

test("[RUN-3] a linked work tree has facts of its own", async () => {
  using person = new ScratchRepository();
  person.git("worktree", "add", "-q", "-b", "side", person.at("side"));
  expect(await repository.facts(person.at("side"))).toMatchObject({
    ok: true,
    value: { folder: person.at("side"), branch: "side" },
  });
});

test("[RUN-3] dirt is counted to 1,000", async () => {
  using person = new ScratchRepository();
  writeFiles(person.folder, Object.fromEntries(Array.from({ length: 1005 }, (_, n) => [`f${n}`, "x"])));
  expect(await repository.facts(person.folder)).toMatchObject({ ok: true, value: { dirtyFiles: 1000 } });
});

test.each([
  ["a folder that is not there", "not_found", (at: ScratchRepository) => at.at("nowhere")],
  ["a file", "not_found", (at: ScratchRepository) => join(at.folder, "README.md")],
  ["no repository", "usage", (at: ScratchRepository) => at.root],
  [
    "a bare repository",
    "usage",
    (at: ScratchRepository) => (git("/", ["init", "-q", "--bare", at.at("bare")]), at.at("bare")),
  ],
  [
    "a repository without a commit",
    "usage",
    (at: ScratchRepository) => (git("/", ["init", "-q", at.at("empty")]), at.at("empty")),
  ],
])("[RUN-3] %s is refused with its fix", async (_, code, pathOf) => {
  using person = new ScratchRepository();
  const hint = expect.stringMatching(/^Do this: /);
  expect(await repository.facts(pathOf(person))).toMatchObject({ ok: false, failure: { code, hint } });
});

test("[RUN-3] revisions, files and changes are read from commits", async () => {
  using person = new ScratchRepository();
  const base = person.git("rev-parse", "HEAD");
  symlinkSync("/etc/passwd", join(person.folder, "link"));
  const head = person.commit("two", { "src/a.ts": "export const a = 2;\n", "odd\nname": "x\n" });
  expect(await repository.resolve(person.folder, "main~1")).toEqual({ ok: true, value: base });
  expect(await repository.resolve(person.folder, "nope")).toMatchObject({ ok: false, failure: { code: "not_found" } });
  expect(await repository.resolve(person.folder, "--git-dir")).toMatchObject({
    ok: false,
    failure: { code: "not_found" },
  });
  const fileAt = async (file: string, commit = head): Promise<unknown> =>
    repository.fileAt(person.folder, { commit, file });
  expect(await fileAt("src/a.ts", base)).toEqual({ ok: true, value: "export const a = 1;\n" });
  expect(await fileAt("odd\nname")).toEqual({ ok: true, value: "x\n" });
  for (const absent of ["src", "nope", "link"]) expect(await fileAt(absent), absent).toEqual({ ok: true, value: null });
  const files = ["README.md", "link", "odd\nname", "src/a.ts"];
  expect(await repository.filesAt(person.folder, head)).toEqual({ ok: true, value: files });
  expect(await repository.changed(person.folder, { base, head })).toEqual({
    ok: true,
    value: [
      { path: "link", added: 1, removed: 0 },
      { path: "odd\nname", added: 1, removed: 0 },
      { path: "src/a.ts", added: 1, removed: 1 },
    ],
  });
});

interface Bundled {
  readonly bundle: string;
  readonly head: string;
  readonly branch: string;
}

/** The bundle of an attempt that changed one file. */
async function bundleOf(person: ScratchRepository): Promise<Bundled> {
  const folder = person.at("attempt/tree");
  const base = person.git("rev-parse", "main");
  await workspace.clone({ repository: person.folder, base, folder });
  writeFiles(folder, { "src/a.ts": "export const a = 2;\n" });
  const made = await workspace.commit(folder, { subject: "Two", trailers: [], branch: BRANCH });
  if (!made.ok || made.value === null) throw new Error("no commit");
  const bundle = person.at("branch.bundle");
  await workspace.bundle(folder, { base, branch: BRANCH, file: bundle });
  return { bundle, head: made.value.head, branch: BRANCH };
}

test("[RUN-3] a branch comes out of its bundle without touching work tree, index or head", async () => {
  using person = new ScratchRepository();
  const wish = await bundleOf(person);
  writeFiles(person.folder, { "half.ts": "x\n" });
  person.git("add", "half.ts");
  const index = readFileSync(join(person.folder, ".git/index"));
  const before = person.git("status", "--porcelain", "--branch");
  expect(await repository.branchHead(person.folder, BRANCH)).toEqual({ ok: true, value: null });
  expect(await repository.fetchBundle(person.folder, wish)).toEqual({ ok: true, value: undefined });
  expect(await repository.branchHead(person.folder, BRANCH)).toEqual({ ok: true, value: wish.head });
  expect(person.git("show", `${BRANCH}:src/a.ts`)).toBe("export const a = 2;");
  expect(readFileSync(join(person.folder, ".git/index")).equals(index)).toBe(true);
  expect(person.git("status", "--porcelain", "--branch")).toBe(before);
  expect(await repository.fetchBundle(person.folder, wish)).toEqual({ ok: true, value: undefined });
});

test("[RUN-3] taking a branch runs nothing that the repository names, nor does looking at it", async () => {
  using person = new ScratchRepository();
  person.commit("attributes", { ".gitattributes": TRAP_ATTRIBUTES });
  const wish = await bundleOf(person);
  person.trap(person.folder);
  expect(person.sprung()).toBe(false);
  writeFiles(person.folder, { "src/a.ts": "dirty\n" });
  expect(await repository.facts(person.folder)).toMatchObject({ ok: true, value: { dirtyFiles: 1 } });
  expect(await repository.fetchBundle(person.folder, wish)).toEqual({ ok: true, value: undefined });
  expect(
    await repository.changed(person.folder, { base: person.git("rev-parse", "main"), head: wish.head }),
  ).toMatchObject({
    ok: true,
    value: [{ path: "src/a.ts", added: 1, removed: 1 }],
  });
  expect(person.sprung()).toBe(false);
  person.git("status", "--porcelain");
  expect(person.sprung()).toBe(true);
});

test("[RUN-3] an address that a repository rewrites to a program does not run it", async () => {
  using person = new ScratchRepository();
  const wish = await bundleOf(person);
  person.trap(person.folder);
  person.git("config", "protocol.ext.allow", "always");
  person.git("config", `url.ext::${person.at("program")} .insteadOf`, person.root);
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "failed" } });
  expect(person.sprung()).toBe(false);
  expect(() => person.git("fetch", wish.bundle)).toThrow("Command failed");
  expect(person.sprung()).toBe(true);
});

test("[RUN-3] a branch with other commits is never moved", async () => {
  using person = new ScratchRepository();
  const wish = await bundleOf(person);
  person.git("branch", BRANCH, "main");
  const before = person.git("rev-parse", BRANCH);
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "conflict" } });
  expect(person.git("rev-parse", BRANCH)).toBe(before);
});

test("[RUN-3] a branch that a work tree is on is not made under it", async () => {
  using person = new ScratchRepository();
  const wish = await bundleOf(person);
  person.git("checkout", "-q", "--orphan", BRANCH);
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "conflict" } });
  expect(await repository.branchHead(person.folder, BRANCH)).toEqual({ ok: true, value: null });
});

test("[RUN-3] a bundle that is not the one that was judged, or is damaged, gives no branch", async () => {
  using person = new ScratchRepository();
  const wish = await bundleOf(person);
  const other = { ...wish, head: person.git("rev-parse", "main") };
  expect(await repository.fetchBundle(person.folder, other)).toMatchObject({
    ok: false,
    failure: { code: "conflict" },
  });
  const named = { ...wish, branch: "codex-loop/other" };
  expect(await repository.fetchBundle(person.folder, named)).toMatchObject({
    ok: false,
    failure: { code: "conflict" },
  });
  truncateSync(wish.bundle, readFileSync(wish.bundle).length - 30);
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "failed" } });
  writeFileSync(wish.bundle, "no bundle");
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "failed" } });
  expect(await repository.branchHead(person.folder, BRANCH)).toEqual({ ok: true, value: null });
});

test("[RUN-3] a bundle for commits that the repository no longer has gives no branch", async () => {
  using person = new ScratchRepository();
  using other = new ScratchRepository();
  other.commit("elsewhere", { "only.ts": "x\n" });
  const wish = await bundleOf(other);
  expect(await repository.fetchBundle(person.folder, wish)).toMatchObject({ ok: false, failure: { code: "failed" } });
  expect(await repository.branchHead(person.folder, BRANCH)).toEqual({ ok: true, value: null });
});
