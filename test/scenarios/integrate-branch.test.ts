/** What an attempt made, as real commits in a real bundle, on its way into a person's real repository. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "../../src/adapters/disk/disk-files.ts";
import { gitRepository } from "../../src/adapters/git/git-repository.ts";
import { gitWorkspace } from "../../src/adapters/git/git-workspace.ts";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import type { Result } from "../../src/kit/result.ts";
import { integrateAttempt } from "../../src/loop/integrate/integrate-attempt.ts";
import { type Failure, FailureError } from "../../src/model/failure.ts";
import { idOf } from "../../src/model/ids.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { getTask } from "../../src/store/tasks/get-task.ts";
import { noCodeHost } from "../../src/world/no-code-host.ts";
import { rulesOfRepository } from "../../src/world/rules-of-repository.ts";
import { git, targetRepository } from "../fakes/runner/target-repository.ts";
import { putSucceeded } from "../fakes/succeeded-attempt.ts";

const PATH = process.env["PATH"] ?? "";
const BRANCH = "codex-loop/mend-it-1";
const repository = gitRepository(PATH);
const workspace = gitWorkspace(PATH);

function valueOf<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}

interface Made {
  readonly folder: string;
  readonly person: string;
  readonly base: string;
  readonly head: string;
  /** The file of the bundle. */
  readonly bundle: string;
}

/** A person's repository, and a bundle with the commit that changes these files in a private clone of it. */
async function made(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<Made & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-integrate-"));
  const person = join(folder, "person");
  const clone = join(folder, "clone");
  const bundle = join(folder, "branch.bundle");
  const base = targetRepository(person, before);
  valueOf(await workspace.clone({ repository: person, base, folder: clone }));
  for (const [path, text] of Object.entries(after)) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  }
  const commit = valueOf(await workspace.commit(clone, { subject: "Mend it", trailers: [], branch: BRANCH }));
  valueOf(await workspace.bundle(clone, { base, branch: BRANCH, file: bundle }));
  return {
    folder,
    person,
    base,
    bundle,
    head: commit?.head ?? "",
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Integrates it with everything real, and says where task and branch are then. */
async function integrated({ folder, person, base, head, bundle }: Made) {
  const store = valueOf(
    await openSqlite({ path: join(folder, "store/store.db"), clock: systemClock, random: systemRandom }),
  );
  await using opened = store;
  const files = diskFiles(join(folder, "files"));
  const { sha256 } = await files.put(await readFile(bundle));
  const range = { repository: person, branch: BRANCH, base, head, files: 1, lines: 1 };
  await putSucceeded(opened, { ...range, acceptance: ["unit"], checks: null, bundle: sha256, labels: [] });
  const { policyAt } = rulesOfRepository(repository);
  const around = { store: opened, clock: systemClock, repository, files, policyAt, codeHost: noCodeHost };
  const world = { ...around, settings: { run_mode: "fast" as const }, redact: redactor({ salt: "s" }) };
  const handled = await integrateAttempt(world, idOf.attempt("a-x"));
  const task = await opened.read((reader) => getTask(reader, idOf.task("t-x")));
  const branch = valueOf(await repository.branchHead(person, BRANCH));
  return { handled, state: task?.state, reason: task?.reason, detail: task?.detail ?? "", branch };
}

test("[MOD-1] a change that passes becomes a local branch; work tree, index and head stay as they are", async () => {
  await using attempt = await made({ "a.txt": "one\n" }, { "a.txt": "two\n", "b.txt": "new\n" });
  writeFileSync(join(attempt.person, "a.txt"), "the person works here\n");
  const before = git(attempt.person, "status", "--porcelain=v2", "--branch");
  const done = await integrated(attempt);
  expect(done).toMatchObject({ handled: { kind: "done" }, state: "done", branch: attempt.head });
  expect(git(attempt.person, "status", "--porcelain=v2", "--branch")).toBe(before);
  expect(git(attempt.person, "show", `${BRANCH}:a.txt`)).toBe("two");
});

test("[POL-3] what counts is the policy at the base, not the one in the change", async () => {
  const strict = 'version: 1\nrules: [{ id: vault, protect: ["vault/**"] }]\n';
  await using attempt = await made({ "a.txt": "one\n", ".codex-loop/policy.yaml": strict }, { "vault/key": "x\n" });
  const done = await integrated(attempt);
  expect(done).toMatchObject({ state: "parked", reason: "POLICY_DENIED", branch: null });
  expect(done.detail).toContain("vault: vault/key is protected from agents");
});

test("[POL-3] names made to be misread are judged as they are", async () => {
  const names = { '.codex-loop/a\nb"c\td': "x\n" };
  await using attempt = await made({ "a.txt": "one\n" }, names);
  expect(await integrated(attempt)).toMatchObject({ state: "parked", reason: "POLICY_DENIED", branch: null });
});

test("[POL-2] what is judged are the commits themselves: another bundle, a damaged one or none is no change", async () => {
  await using attempt = await made({ "a.txt": "one\n" }, { "a.txt": "two\n" });
  const other = { ...attempt, head: "0".repeat(40) };
  expect(await integrated(other)).toMatchObject({ state: "parked", reason: "GIT_FAILED", branch: null });
  await using second = await made({ "a.txt": "one\n" }, { "a.txt": "three\n" });
  await writeFile(second.bundle, "no bundle\n");
  expect(await integrated(second)).toMatchObject({ state: "parked", reason: "GIT_FAILED", branch: null });
});

test("[POL-2] looking into a bundle leaves nothing behind in the repository", async () => {
  await using attempt = await made({ "a.txt": "one\n" }, { "a.txt": "two\n", "dir/ü.txt": "x\ny\n" });
  const { bundle, base, head, person } = attempt;
  expect(await repository.changedIn(person, { bundle, branch: BRANCH, base, head })).toEqual({
    ok: true,
    value: [
      { path: "a.txt", added: 1, removed: 1 },
      { path: "dir/ü.txt", added: 2, removed: 0 },
    ],
  });
  const added = valueOf(await repository.addedIn(person, { bundle, branch: BRANCH, base, head }));
  expect(added.split("\n").filter((line) => /^\+[^+]/.test(line))).toEqual(["+two", "+x", "+y"]);
  expect(() => git(person, "cat-file", "-e", head)).toThrow("cat-file");
  expect(git(person, "for-each-ref")).not.toContain(BRANCH);
});

test("[MOD-1] a branch of that name with other commits is not moved, and the task says what to do", async () => {
  await using attempt = await made({ "a.txt": "one\n" }, { "a.txt": "two\n" });
  git(attempt.person, "branch", BRANCH);
  const done = await integrated(attempt);
  expect(done).toMatchObject({ state: "parked", reason: "GIT_FAILED", branch: attempt.base });
  expect(done.detail).toContain("rename or delete it");
});
