/** What an agent leaves in a clone becomes a commit of ours, and nothing that it wrote runs out here. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitWorkspace } from "../../../src/adapters/git/git-workspace.ts";
import type { Commit, CommitWish } from "../../../src/ports/workspace.ts";
import { git, ScratchRepository, TRAP_ATTRIBUTES, writeFiles } from "../../fakes/scratch-repository.ts";

const workspace = gitWorkspace(process.env["PATH"] ?? "");
const WISH: CommitWish = {
  subject: "Mend the counter",
  trailers: [
    ["Codex-Loop-Idea", "idea-1"],
    ["Codex-Loop-Attempt", "attempt-1"],
  ],
  branch: "codex-loop/idea-1",
};

interface Clone {
  readonly folder: string;
  readonly base: string;
  /** Commits that must succeed and change something. */
  commit(wish?: Partial<CommitWish>): Promise<Commit>;
  /** Reads the commit with plain git from our records. */
  read(...args: readonly string[]): string;
}

async function cloneOf(person: ScratchRepository): Promise<Clone> {
  const folder = person.at("attempt/tree");
  const base = person.git("rev-parse", "HEAD");
  const cloned = await workspace.clone({ repository: person.folder, base, folder });
  if (!cloned.ok) throw new Error(cloned.failure.cause);
  return {
    folder,
    base,
    commit: async (wish = {}) => {
      const made = await workspace.commit(folder, { ...WISH, ...wish });
      if (!made.ok) throw new Error(`${made.failure.message} ${made.failure.cause}`);
      if (made.value === null) throw new Error("nothing changed");
      return made.value;
    },
    read: (...args) => git(`${folder}.git`, args),
  };
}

test("[RUN-8] the commit is ours: author, trailers, branch, and the files it changes", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "src/a.ts": "export const a = 2;\nexport const b = 3;\n", "new.ts": "1\n" });
  rmSync(join(clone.folder, "README.md"));
  writeFileSync(join(clone.folder, "blob.bin"), Buffer.from([0, 1, 2]));
  const { head, files } = await clone.commit();
  expect(files.toSorted((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
    { path: "README.md", added: 0, removed: 1 },
    { path: "blob.bin", added: 1, removed: 0 },
    { path: "new.ts", added: 1, removed: 0 },
    { path: "src/a.ts", added: 2, removed: 1 },
  ]);
  expect(clone.read("rev-parse", "refs/heads/codex-loop/idea-1", `${head}^`)).toBe(`${head}\n${clone.base}`);
  expect(clone.read("log", "-1", "--format=%an <%ae>|%cn|%B", head)).toBe(
    "Codex Loop <codex-loop@localhost>|Codex Loop|Mend the counter\n\nCodex-Loop-Idea: idea-1\nCodex-Loop-Attempt: attempt-1",
  );
});

test("[RUN-8] a title cannot add trailers of its own", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "new.ts": "1\n" });
  const { head } = await clone.commit({
    subject: "Mend\n\nCodex-Loop-Idea: other",
    trailers: [["Key", "a\nCo-Authored-By: b"]],
  });
  expect(clone.read("log", "-1", "--format=%(trailers:only)", head)).toBe("Key: a Co-Authored-By: b");
});

test("[RUN-8] nothing changed is no commit; more changes go on top of the last one", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  expect(await workspace.commit(clone.folder, WISH)).toEqual({ ok: true, value: null });
  writeFiles(clone.folder, { "new.ts": "1\n" });
  const first = await clone.commit();
  expect(await workspace.commit(clone.folder, WISH)).toEqual({ ok: true, value: null });
  writeFiles(clone.folder, { "more.ts": "1\n" });
  const second = await clone.commit();
  expect(clone.read("rev-parse", `${second.head}^`)).toBe(first.head);
});

test("[RUN-3] nothing that an agent wrote into the clone runs when we commit, compare and bundle", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  person.trap(clone.folder);
  writeFiles(clone.folder, { ".gitattributes": TRAP_ATTRIBUTES, "src/a.ts": "export const a = 2;\n" });
  const { head } = await clone.commit();
  const shown = await workspace.diff(clone.folder, { base: clone.base, head });
  const file = person.at("branch.bundle");
  const bundled = await workspace.bundle(clone.folder, { base: clone.base, branch: WISH.branch, file });
  const verified = await workspace.cloneCommit(clone.folder, { commit: head, into: person.at("verify/tree") });
  expect([shown.ok, bundled.ok, verified.ok, existsSync(file)]).toEqual([true, true, true, true]);
  expect(person.sprung()).toBe(false);
  // The trap works: plain git in the same clone springs it.
  git(clone.folder, ["add", "-A"]);
  expect(person.sprung()).toBe(true);
});

test("[RUN-3] what an agent does to the clone's own git changes nothing of our commit", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "new.ts": "1\n" });
  git(clone.folder, ["update-index", "--assume-unchanged", "src/a.ts"]);
  writeFiles(clone.folder, {
    "src/a.ts": "hidden\n",
    ".git/info/exclude": "*\n",
    ".git/objects/info/alternates": "/nowhere\n",
  });
  writeFileSync(join(clone.folder, ".git/HEAD"), "ref: refs/heads/elsewhere\n");
  expect((await clone.commit()).files.map(({ path }) => path)).toEqual(["new.ts", "src/a.ts"]);
  rmSync(join(clone.folder, ".git"), { recursive: true });
  writeFiles(clone.folder, { ".git": "gitdir: /nowhere\n", "more.ts": "1\n" });
  expect((await clone.commit()).files.map(({ path }) => path)).toEqual(["more.ts"]);
});

test("[RUN-3] names with line breaks, dashes, quotes and other cases are files like all others", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  const names = [
    "-rf",
    "--exec=touch x",
    "a\nb",
    'q"uote',
    ":(exclude)*",
    "readme.md",
    "ünï",
    "sp ace",
    "*",
    "tab\tname",
  ];
  writeFiles(clone.folder, Object.fromEntries(names.map((name) => [name, "1\n"])));
  const { files } = await clone.commit();
  expect(files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
  expect(files.every(({ added }) => added === 1)).toBe(true);
});

test.each([".GIT/config", "sub/.Git/hooks/pre-commit", "git~1/config", ".g\u200cit/config"])(
  "[RUN-3] a name that is .git elsewhere is refused: %j",
  async (name) => {
    using person = new ScratchRepository();
    const clone = await cloneOf(person);
    writeFiles(clone.folder, { [name]: "x\n" });
    const made = await workspace.commit(clone.folder, WISH);
    expect(made).toMatchObject({ ok: false, failure: { code: "failed", cause: expect.stringContaining("Git says") } });
  },
);

test("[RUN-3] links out of the tree stay links: what they lead to is neither read nor written", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  const outside = person.at("outside");
  mkdirSync(outside);
  writeFiles(outside, { key: "PRIVATE\n" });
  symlinkSync(join(outside, "key"), join(clone.folder, "key"));
  rmSync(join(clone.folder, "src"), { recursive: true });
  symlinkSync(outside, join(clone.folder, "src"));
  const { head } = await clone.commit();
  expect(clone.read("ls-tree", "-r", "--name-only", head)).toBe("README.md\nkey\nsrc");
  expect(clone.read("cat-file", "blob", `${head}:src`)).toBe(outside);
  expect(await workspace.cloneCommit(clone.folder, { commit: head, into: person.at("verify/tree") })).toMatchObject({
    ok: true,
  });
  expect(readlinkSync(person.at("verify/tree/key"))).toBe(join(outside, "key"));
});

test("[RUN-3] a repository that was made inside of the tree is files like all others", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  for (const nested of ["app", "app/deeper"]) {
    git("/", ["init", "-q", join(clone.folder, nested)]);
    writeFiles(join(clone.folder, nested), { "index.ts": "1\n" });
    git(join(clone.folder, nested), ["add", "index.ts"]);
    git(join(clone.folder, nested), ["commit", "-q", "-m", "mine"]);
  }
  const { files } = await clone.commit();
  expect(files.map(({ path }) => path)).toEqual(["app/deeper/index.ts", "app/index.ts"]);
  expect(existsSync(join(clone.folder, "app/.git"))).toBe(false);
});

test("[RUN-3] what an ignored folder holds stays as it is and out of the commit", async () => {
  using person = new ScratchRepository();
  person.commit("ignore", { ".gitignore": "node_modules\n" });
  const clone = await cloneOf(person);
  git("/", ["init", "-q", join(clone.folder, "node_modules/dep")]);
  writeFiles(clone.folder, { "node_modules/dep/x.js": "1\n", "setup/made.js": "1\n", "new.ts": "1\n" });
  await workspace.leaveOut(clone.folder, ["setup"]);
  expect((await clone.commit()).files.map(({ path }) => path)).toEqual(["new.ts"]);
  expect(existsSync(join(clone.folder, "node_modules/dep/.git"))).toBe(true);
});

test("[RUN-3] a submodule's pointer is not an agent's to move", async () => {
  using person = new ScratchRepository();
  using other = new ScratchRepository();
  person.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder, "lib");
  person.commit("with a part", {});
  const clone = await cloneOf(person);
  git("/", ["init", "-q", join(clone.folder, "lib")]);
  git(join(clone.folder, "lib"), ["commit", "-q", "--allow-empty", "-m", "moved"]);
  writeFiles(clone.folder, { "new.ts": "1\n" });
  expect((await clone.commit()).files.map(({ path }) => path)).toEqual(["new.ts"]);
});

test("[RUN-3] attributes of an agent hide nothing from the diff and the counts", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { ".gitattributes": "* -diff binary\n", "src/a.ts": "export const a = 666;\n" });
  const { head, files } = await clone.commit();
  expect(files.find(({ path }) => path === "src/a.ts")).toEqual({ path: "src/a.ts", added: 1, removed: 1 });
  const shown = await workspace.diff(clone.folder, { base: clone.base, head });
  expect(shown.ok ? shown.value : "").toContain("+export const a = 666;");
});

test("[RUN-3] attributes of an agent neither change a byte of what is committed nor keep it from being committed", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  const attributes = [
    "[attr]twisted working-tree-encoding=UTF-16 text eol=crlf ident",
    "*.a working-tree-encoding=UTF-16",
    "*.b text eol=crlf",
    "*.c -working-tree-encoding",
    "*.d ident",
    "*.e twisted",
    "",
  ].join("\n");
  const bytes = "odd \u00fc\r\nline\n$Id: mine$\n";
  const names = ["one.a", "one.b", "one.c", "one.d", "one.e"];
  writeFiles(clone.folder, { ".gitattributes": attributes, ...Object.fromEntries(names.map((name) => [name, bytes])) });
  const { head } = await clone.commit();
  const into = person.at("verify/tree");
  expect(await workspace.cloneCommit(clone.folder, { commit: head, into })).toMatchObject({ ok: true });
  for (const name of names) expect(readFileSync(join(into, name), "utf8")).toBe(bytes);
});

test("[RUN-9] the diff names renames and binary files and holds no bytes of those", async () => {
  using person = new ScratchRepository();
  person.commit("long", { "old.md": "line\n".repeat(20) });
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "new.md": readFileSync(join(clone.folder, "old.md"), "utf8") });
  rmSync(join(clone.folder, "old.md"));
  writeFileSync(join(clone.folder, "blob.bin"), Buffer.from([0, 1, 2]));
  const { head, files } = await clone.commit();
  expect(files.find(({ path }) => path === "blob.bin")).toEqual({ path: "blob.bin", added: 1, removed: 0 });
  const shown = await workspace.diff(clone.folder, { base: clone.base, head });
  const text = shown.ok ? shown.value : "";
  expect(text).toContain("rename from old.md\nrename to new.md");
  expect(text).toContain("Binary files /dev/null and b/blob.bin differ");
});

test("[RUN-9] what guards look through holds every byte that a binary file adds, and counts it by its bytes", async () => {
  using person = new ScratchRepository();
  person.commit("binaries", { "gone.bin": `\0${"g".repeat(799)}`, "mine.bin": `\0${"m".repeat(399)}` });
  const clone = await cloneOf(person);
  rmSync(join(clone.folder, "gone.bin"));
  writeFiles(clone.folder, { "mine.bin": "\0hunter2\n", "ü.bin": `\0${"x".repeat(8000)}`, "src/a.ts": "1\n" });
  const { head, files } = await clone.commit();
  expect(files).toEqual([
    { path: "gone.bin", added: 0, removed: 10 },
    { path: "mine.bin", added: 1, removed: 5 },
    { path: "src/a.ts", added: 1, removed: 1 },
    { path: "ü.bin", added: 101, removed: 0 },
  ]);
  const range = { base: clone.base, head };
  const [shown, added] = [await workspace.diff(clone.folder, range), await workspace.added(clone.folder, range)];
  expect(shown.ok && shown.value.includes("hunter2")).toBe(false);
  expect(added.ok && added.value.includes("+\0hunter2")).toBe(true);
  expect(added.ok && added.value.includes("ggg")).toBe(false);
});

test("[RUN-3] modes and ends of lines come through as they were written", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "run.sh": "#!/bin/sh\r\n" });
  chmodSync(join(clone.folder, "run.sh"), 0o755);
  const { head } = await clone.commit();
  expect(clone.read("ls-tree", head, "run.sh")).toMatch(/^100755 /);
  expect(clone.read("cat-file", "-s", `${head}:run.sh`)).toBe("11");
});

test.each(["-x", "a..b", "a b", "HEAD", "a.lock", ""])("[RUN-8] %j is no branch we would make", async (branch) => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person);
  writeFiles(clone.folder, { "new.ts": "1\n" });
  expect(await workspace.commit(clone.folder, { ...WISH, branch })).toMatchObject({
    ok: false,
    failure: { code: "usage" },
  });
});
