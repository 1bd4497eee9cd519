/** Private clones of every kind of repository, made by the real git. */
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitWorkspace } from "../../../src/adapters/git/git-workspace.ts";
import { git, pathsBelow, ScratchRepository, TRAP_ATTRIBUTES, writeFiles } from "../../fakes/scratch-repository.ts";

const workspace = gitWorkspace(process.env["PATH"] ?? "");

async function cloneOf(
  repository: ScratchRepository,
  base: string,
  folder: string = repository.folder,
): Promise<string> {
  const clone = repository.at("attempt/tree");
  expect(await workspace.clone({ repository: folder, base, folder: clone })).toEqual({ ok: true, value: undefined });
  return clone;
}

test("[RUN-3] a clone has the base and its history, its tags, and nothing that came later", async () => {
  using person = new ScratchRepository();
  person.git("tag", "v1");
  const base = person.commit("two", { "src/a.ts": "export const a = 2;\n" });
  const later = person.commit("three", { "secret-plan.md": "later\n" });
  person.git("tag", "v3");
  const clone = await cloneOf(person, base);
  expect(git(clone, ["log", "--format=%s"])).toBe("two\none");
  expect(git(clone, ["rev-parse", "HEAD"])).toBe(base);
  expect(git(clone, ["tag"])).toBe("v1");
  expect(git(clone, ["status", "--porcelain"])).toBe("");
  expect(git(clone, ["remote"])).toBe("");
  expect(() => git(clone, ["cat-file", "-t", later])).toThrow("could not get object info");
  expect(readFileSync(join(clone, "src/a.ts"), "utf8")).toBe("export const a = 2;\n");
});

test("[RUN-3] a clone shares no file with its repository, and our records of it lie beside it", async () => {
  using person = new ScratchRepository();
  const clone = await cloneOf(person, person.git("rev-parse", "HEAD"));
  expect(existsSync(join(clone, ".git/objects/info/alternates"))).toBe(false);
  const files = pathsBelow(clone).map((path) => lstatSync(join(clone, path)));
  expect(files.filter((file) => file.isFile() && file.nlink > 1)).toEqual([]);
  expect(statSync(`${clone}.git`).isDirectory()).toBe(true);
});

test("[RUN-3] a dirty checkout is left as it is, and nothing of it comes along", async () => {
  using person = new ScratchRepository();
  writeFiles(person.folder, { "src/a.ts": "half done\n", "new.ts": "new\n" });
  person.git("add", "new.ts");
  const before = person.git("status", "--porcelain");
  const index = readFileSync(join(person.folder, ".git/index"));
  const clone = await cloneOf(person, person.git("rev-parse", "HEAD"));
  expect(person.git("status", "--porcelain")).toBe(before);
  expect(readFileSync(join(person.folder, ".git/index")).equals(index)).toBe(true);
  expect(existsSync(join(clone, "new.ts"))).toBe(false);
});

test.each([
  [
    "a linked work tree",
    (person: ScratchRepository) => person.git("worktree", "add", "-q", "--detach", person.at("odd")),
  ],
  [
    "a shallow clone",
    (person: ScratchRepository) => git("/", ["clone", "-q", "--depth=1", `file://${person.folder}`, person.at("odd")]),
  ],
  [
    "a clone that borrows objects",
    (person: ScratchRepository) => git("/", ["clone", "-q", "--shared", person.folder, person.at("odd")]),
  ],
  [
    "a folder with a hostile name",
    (person: ScratchRepository) => git("/", ["clone", "-q", person.folder, person.at(ODD_NAME)]),
  ],
])("[RUN-3] %s can be cloned", async (_, make) => {
  using person = new ScratchRepository();
  person.commit("two", { "b.ts": "2\n" });
  make(person);
  const folder = [person.at("odd"), person.at(ODD_NAME)].find((path) => existsSync(path));
  const clone = await cloneOf(person, person.git("rev-parse", "HEAD"), folder);
  expect(readFileSync(join(clone, "b.ts"), "utf8")).toBe("2\n");
  writeFiles(clone, { "c.ts": "3\n" });
  const committed = await workspace.commit(clone, { subject: "Go on", trailers: [], branch: "go-on" });
  expect(committed).toMatchObject({ ok: true, value: { files: [{ path: "c.ts", added: 1, removed: 0 }] } });
});
const ODD_NAME = '#odd\n"name" -x $(false)';

test("[RUN-3] a repository with SHA-256 names can be cloned", async () => {
  using person = new ScratchRepository(["--object-format=sha256"]);
  const base = person.git("rev-parse", "HEAD");
  expect(base).toHaveLength(64);
  expect(git(await cloneOf(person, base), ["rev-parse", "HEAD"])).toBe(base);
});

test("[RUN-3] a submodule is not fetched, and large files stay pointers", async () => {
  using person = new ScratchRepository();
  using other = new ScratchRepository();
  person.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.folder, "lib");
  const base = person.commit("with parts", {
    ".gitattributes": "*.bin filter=lfs diff=lfs\n",
    "big.bin": "version 1\noid x\n",
  });
  const clone = await cloneOf(person, base);
  expect(pathsBelow(join(clone, "lib"))).toEqual([]);
  expect(readFileSync(join(clone, "big.bin"), "utf8")).toBe("version 1\noid x\n");
});

test("[RUN-3] cloning runs nothing that the repository names", async () => {
  using person = new ScratchRepository();
  const base = person.commit("attributes", { ".gitattributes": TRAP_ATTRIBUTES });
  person.trap(person.folder);
  await cloneOf(person, base);
  expect(person.sprung()).toBe(false);
  // The trap works: a checkout by plain git springs it.
  git(person.folder, ["checkout", "-q", "-f", "--detach", "HEAD"]);
  expect(person.sprung()).toBe(true);
});

test("[RUN-3] a folder that is there, a commit that is not, and a repository that is none are refused and leave nothing", async () => {
  using person = new ScratchRepository();
  const base = person.git("rev-parse", "HEAD");
  const folder = person.at("attempt/tree");
  const absent = await workspace.clone({ repository: person.folder, base: "0".repeat(39) + "1", folder });
  expect(absent).toMatchObject({ ok: false, failure: { code: "not_found" } });
  expect(await workspace.clone({ repository: person.folder, base: "main", folder })).toMatchObject({ ok: false });
  expect(await workspace.clone({ repository: person.root, base, folder })).toMatchObject({ ok: false });
  expect(existsSync(person.at("attempt"))).toBe(false);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "mine"), "");
  const taken = await workspace.clone({ repository: person.folder, base, folder });
  expect(taken).toMatchObject({ ok: false, failure: { code: "conflict" } });
  expect(existsSync(join(folder, "mine"))).toBe(true);
});

test("[RUN-3] a clone that breaks off leaves neither itself nor its records", async () => {
  using person = new ScratchRepository();
  const base = person.git("rev-parse", "HEAD");
  // The commit stays, one of its files does not: the copy begins and cannot end.
  const blob = person.git("rev-parse", "HEAD:src/a.ts");
  rmSync(join(person.folder, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  const folder = person.at("attempt/tree");
  expect(await workspace.clone({ repository: person.folder, base, folder })).toMatchObject({
    ok: false,
    failure: { code: "failed" },
  });
  expect(pathsBelow(person.at("attempt"))).toEqual([]);
});
