/** The command line as a person or a script meets it: as a real child, or inside this process where speed matters. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Stream } from "../../src/cli/output.ts";
import { runCli } from "../../src/cli/run-cli.ts";

export const ROOT: string = join(import.meta.dirname, "../..");
const LAUNCHER = join(ROOT, "bin/codex-loop.js");

export interface Ran {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Around {
  /** The only home folder the program sees. */
  readonly home: string;
  /** More variables; of this process's own only PATH is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where a child stands; this process's own folder unless said. */
  readonly cwd?: string;
}

/** An empty home folder that is gone at the end of its block. */
export async function emptyHome(): Promise<Around & AsyncDisposable> {
  const home = await mkdtemp(join(tmpdir(), "codex-loop-cli-"));
  return { home, [Symbol.asyncDispose]: () => rm(home, { recursive: true }) };
}

export type CliChild = ChildProcessByStdio<null, Readable, Readable>;

/** Starts `bin/codex-loop.js` with the Node of this process. */
export function startCli(words: readonly string[], { home, env, cwd }: Around): CliChild {
  return spawn(process.execPath, [LAUNCHER, ...words], {
    ...(cwd === undefined ? {} : { cwd }),
    env: variables(home, env),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs `bin/codex-loop.js` to its end. */
export async function spawnCli(words: readonly string[], around: Around): Promise<Ran> {
  const child = startCli(words, around);
  const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended(child)]);
  return { code, stdout, stderr };
}

export interface Terminal {
  readonly columns: number;
}

/** The same without a child: `terminal` makes both streams look like one. */
export async function callCli(
  words: readonly string[],
  around: Around & { readonly terminal?: Terminal },
): Promise<Ran> {
  const [stdout, stderr] = [stream(around.terminal), stream(around.terminal)];
  const environment = variables(around.home, around.env);
  const code = await runCli(words, { stdout, stderr, environment, stop: new AbortController().signal });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** For what a test stands on: anything but exit 0 is an error. */
export async function mustCall(words: readonly string[], around: Around): Promise<Ran> {
  const ran = await callCli(words, around);
  if (ran.code !== 0) throw new Error(`${words.join(" ")} ended with ${ran.code}: ${ran.stdout}${ran.stderr}`);
  return ran;
}

/** The one document that a command with `--json` prints. */
export function documentOf({ stdout }: Ran): unknown {
  return JSON.parse(stdout);
}

export function ended(child: CliChild): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

async function textOf(source: Readable): Promise<string> {
  return Buffer.concat(await source.toArray()).toString("utf8");
}

function variables(home: string, env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: home, ...env };
}

function stream(terminal: Terminal | undefined): Stream & { text(): string } {
  const parts: string[] = [];
  const asTerminal = terminal === undefined ? {} : { isTTY: true, columns: terminal.columns };
  return { write: (part) => parts.push(part), text: () => parts.join(""), ...asTerminal };
}
