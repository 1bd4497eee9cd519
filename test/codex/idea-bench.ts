/** A person's machine for one idea: an empty home, a repository with a failing test, a scripted provider, the real CLI. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ModelServer, openModelServer } from "../fakes/model-server/model-server.ts";
import type { ModelTurn } from "../fakes/model-server/model-turn.ts";
import { type Around, type CliChild, emptyHome, ended, spawnCli, startCli } from "../fakes/run-cli.ts";
import { processesOf } from "./processes-of.ts";

export const KEY = "sk-canary-provider-key-5a41c07f9e";

const SPEC = `# Mend the sum

## Goal
The sum of two numbers is right.

## Constraints
- Change only sum.mjs

## Success metrics
- The tests pass
`;

const PROFILE = `acceptance:
  - name: tests
    run: [node, --test]
    timeout: 60
`;

const TEST = `import assert from "node:assert";
import test from "node:test";
import { sum } from "./sum.mjs";
test("sum", () => assert.equal(sum(1, 2), 3));
`;

export interface BenchOptions {
  readonly turns?: readonly ModelTurn[];
  /** Text of `.codex-loop/profile.yaml`; `null`: there is none. */
  readonly profile?: string | null;
  /** Text of `.codex-loop/policy.yaml`. */
  readonly policy?: string;
  /** More files of the repository, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What the command line says of an idea, as far as tests look at it. */
export interface IdeaDocument {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly simulated: boolean;
  readonly attempts: readonly {
    readonly id: string;
    readonly state: string;
    readonly outcome: string | null;
    readonly failure_code: string | null;
    readonly session_id: string | null;
    readonly tokens: number | null;
  }[];
  readonly changes: readonly { readonly branch: string; readonly head: string; readonly files: number }[];
}

export class IdeaBench implements AsyncDisposable {
  readonly around: Around;
  readonly model: ModelServer;
  readonly repository: string;
  readonly #home: AsyncDisposable;

  constructor(home: Around & AsyncDisposable, model: ModelServer, repository: string) {
    this.#home = home;
    this.model = model;
    this.repository = repository;
    const env = {
      CODEX_LOOP_UPSTREAM_URL: model.url,
      CODEX_LOOP_UPSTREAM_KEY: KEY,
      CODEX_LOOP_CODEX_BIN: process.env["CODEX_BIN"] ?? "codex",
      CODEX_LOOP_MODEL: "gpt-5.5",
    };
    this.around = { home: home.home, env };
  }

  file(name: string): string {
    return join(this.around.home, name);
  }

  /** Hands the specification in and waits; further words go to `idea add`. */
  async add(...words: readonly string[]): Promise<{ readonly code: number | null; readonly idea: IdeaDocument }> {
    const ran = await spawnCli(this.words(...words), this.around);
    return { code: ran.code, idea: ideaOf(ran.stdout, ran.stderr) };
  }

  start(...words: readonly string[]): CliChild {
    return startCli(this.words(...words), this.around);
  }

  words(...words: readonly string[]): readonly string[] {
    return ["idea", "add", "--repo", this.repository, "--file", this.file("SPEC.md"), "--wait", "--json", ...words];
  }

  /** What any other command answers with `--json`. */
  async ask<T>(...words: readonly string[]): Promise<T> {
    const ran = await spawnCli([...words, "--json"], this.around);
    if (ran.stdout === "") throw new Error(`${words.join(" ")} ended with ${ran.code}: ${ran.stderr}`);
    return JSON.parse(ran.stdout) as T;
  }

  git(...words: readonly string[]): string {
    return execFileSync("git", ["-C", this.repository, ...words], { encoding: "utf8" }).trim();
  }

  /** One more commit on the branch that is checked out. */
  commit(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.repository, name), text);
    this.git("add", "-A");
    this.git("-c", "user.name=Ann", "-c", "user.email=ann@localhost", "commit", "-q", "-m", "more");
  }

  /** Attempts' folders that are still there. */
  clones(): readonly string[] {
    const folder = this.file(".codex-loop/attempts");
    return statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
  }

  /** Files below the home that hold a text. */
  filesWith(text: string): readonly string[] {
    const files = readdirSync(this.around.home, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path).includes(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model[Symbol.asyncDispose]();
    await this.#home[Symbol.asyncDispose]();
  }
}

export async function ideaBench({
  turns = [],
  profile = PROFILE,
  policy,
  files: more = {},
}: BenchOptions = {}): Promise<IdeaBench> {
  const home = await emptyHome();
  const repository = join(home.home, "repository");
  mkdirSync(join(repository, ".codex-loop"), { recursive: true });
  writeFileSync(join(home.home, "SPEC.md"), SPEC);
  const files = { "sum.mjs": "export const sum = (a, b) => a - b;\n", "sum.test.mjs": TEST, ...more };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  if (profile !== null) writeFileSync(join(repository, ".codex-loop/profile.yaml"), profile);
  if (policy !== undefined) writeFileSync(join(repository, ".codex-loop/policy.yaml"), policy);
  const git = (...words: readonly string[]): unknown => execFileSync("git", ["-C", repository, ...words]);
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("-c", "user.name=Ann", "-c", "user.email=ann@localhost", "commit", "-q", "-m", "base");
  return new IdeaBench(home, await openModelServer(turns), repository);
}

export function ideaOf(stdout: string, stderr: string): IdeaDocument {
  if (stdout === "") throw new Error(`no document: ${stderr}`);
  return JSON.parse(stdout) as IdeaDocument;
}

/** The document that a started command prints at its end. */
export async function endOf(child: CliChild): Promise<{ readonly code: number | null; readonly idea: IdeaDocument }> {
  const [stdout, stderr, code] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), ended(child)]);
  return { code, idea: ideaOf(Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()) };
}

/** Milliseconds until no process carries the attempt's mark any more. */
export async function goneAfter(mark: string): Promise<number> {
  const from = performance.now();
  while (processesOf(mark).length > 0 && performance.now() - from < 20_000)
    await new Promise((resolve) => setImmediate(resolve));
  return performance.now() - from;
}
