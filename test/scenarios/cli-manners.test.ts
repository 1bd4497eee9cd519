/** How the command line behaves towards people: help, colours, width, completion, progress, fixes. */
import { spawn } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command, RouteMap } from "@stricli/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { app } from "../../src/cli/app.ts";
import type { Context } from "../../src/cli/context.ts";
import { GLOBAL_OPTIONS } from "../../src/cli/globals.ts";
import { Output } from "../../src/cli/output.ts";
import { Progress } from "../../src/cli/progress.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { FAILURE_EXITS } from "../../src/model/failure.ts";
import { generateCorpus } from "../../tools/bench/generate-corpus.ts";
import { callCli, documentOf, emptyHome, mustCall, ROOT, spawnCli } from "../fakes/run-cli.ts";

const SAMPLE = join(ROOT, "samples/0.169.0/code-mode");
const SESSION = "01a1f6cc-d141-7c00-b310-1386da479849";
const ESCAPE = "\u001B";

let around: Awaited<ReturnType<typeof emptyHome>>;
beforeAll(async () => {
  around = await emptyHome();
  await mustCall(["ingest", SAMPLE], around);
  await mkdir(join(around.home, "bin"));
  await symlink(join(ROOT, "bin/codex-loop.js"), join(around.home, "bin/codex-loop"));
});
afterAll(() => around[Symbol.asyncDispose]());

/** Every line of words that --help can stand behind, the bare program first. */
function* helpLines(
  target: Command<Context> | RouteMap<Context>,
  words: readonly string[],
): Generator<readonly string[]> {
  yield words;
  if (!("getAllEntries" in target)) return;
  for (const entry of target.getAllEntries()) {
    if (!entry.hidden) yield* helpLines(entry.target, [...words, entry.name["convert-camel-to-kebab"]]);
  }
}
const HELP = [...helpLines(app.root, [])].map((words) => [words.join(" "), words] as const);

test("[HSE-8] the commands of the interface are there", () => {
  const names = HELP.map(([name]) => name);
  const promised =
    "init,ingest,sessions list,sessions show,search,usage,signals,daily,report,trace bundle,trace validate,store backup,store export,store import,store report,store prune,audit verify,compat,doctor,up,config show,completion,idea add,idea list,idea show,idea approve,idea pause,idea resume,idea cancel,run list,run show,run logs,run cancel,run replay,approvals list,approvals grant,approvals deny,demo run,demo clear";
  expect(promised.split(",").filter((name) => !names.includes(name))).toEqual([]);
});

test.each(HELP)("[HSE-8] --help of `%s` leads with examples and fits 80 columns", async (name, words) => {
  const { code, stdout, stderr } = await callCli([...words, "--help"], around);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  await expect(stdout).toMatchFileSnapshot(
    `../golden/cli/help/${name === "" ? "codex-loop" : name.replaceAll(" ", "-")}.txt`,
  );
  const lines = stdout.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const heading = lines.find((line) => /^[A-Z]+$/.test(line));
  expect(heading).toMatch(/^(EXAMPLES|COMMANDS)$/);
  expect(stdout).toContain("codex-loop ");
});

test("[HSE-8] help, -h, help COMMAND and no words at all lead to the same pages", async () => {
  const page = async (...words: readonly string[]): Promise<string> => (await callCli(words, around)).stdout;
  expect(new Set([await page(), await page("--help"), await page("-h")]).size).toBe(1);
  expect(await page("help", "usage")).toBe(await page("usage", "-h"));
  expect(await page("sessions")).toBe(await page("sessions", "--help"));
  expect((await page("help", "options")).split("\n")[0]).toMatch(/^--json/);
});

test("[HSE-8] help exit-codes prints every failure with the code that the interface pins", async () => {
  const rows = documentOf(await callCli(["help", "exit-codes", "--json"], around));
  const pinned = { ok: 0, failed: 1, usage: 2, gate_says_no: 3, auth_missing: 4, not_found: 5, conflict: 6 };
  const later = { approval_needed: 7, try_later: 75, interrupted: 130 };
  const codes = Object.fromEntries(
    (rows as readonly { code: string; exit: number }[]).map((row) => [row.code, row.exit]),
  );
  expect(codes).toMatchObject({ ...pinned, ...later });
  expect(Object.keys(codes)).toEqual(["ok", ...Object.keys(FAILURE_EXITS)]);
});

test("[HSE-8] a pipe gets tabs and no colours, a terminal aligned columns within its width", async () => {
  const piped = await spawnCli(["sessions", "list"], around);
  expect(piped.stdout.split("\n", 2).map((line) => line.split("\t").length)).toEqual([8, 8]);
  expect(piped.stdout).not.toContain(ESCAPE);
  const narrow = await callCli(["report"], { ...around, terminal: { columns: 100 }, env: { NO_COLOR: "1" } });
  const widths = narrow.stdout.split("\n").map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(100);
  expect(narrow.stdout).not.toContain("\t");
});

test.each([
  ["a pipe", {}, [], false, false],
  ["a terminal", {}, [], true, true],
  ["a terminal with NO_COLOR", { NO_COLOR: "1" }, [], true, false],
  ["a terminal with NO_COLOR and FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, [], true, false],
  ["a dumb terminal", { TERM: "dumb" }, [], true, false],
  ["a pipe with FORCE_COLOR", { FORCE_COLOR: "1" }, [], false, true],
  ["a terminal with --no-color", {}, ["--no-color"], true, false],
  ["a pipe with --color", {}, ["--color"], false, true],
] as const)("[HSE-8] colours in %s", async (_what, env, words, isTerminal, colored) => {
  const terminal = isTerminal ? { terminal: { columns: 120 } } : {};
  const answer = await callCli(["report", ...words], { ...around, ...terminal, env });
  expect(answer.stdout.includes(ESCAPE)).toBe(colored);
  const failure = await callCli(["sessions", "show", "nobody", ...words], { ...around, ...terminal, env });
  expect(failure.stderr.includes(ESCAPE)).toBe(colored);
});

test("[HSE-8] --json is never coloured and --quiet leaves stderr empty", async () => {
  const forced = await callCli(["report", "--json"], { ...around, env: { FORCE_COLOR: "1" } });
  expect(forced.stdout).not.toContain(ESCAPE);
  const file = join(around.home, "report.md");
  expect((await callCli(["report", "--markdown", file], around)).stderr).toBe(`Written: ${file}\n`);
  expect((await callCli(["report", "--markdown", file, "--quiet"], around)).stderr).toBe("");
});

/** What bash itself would offer after these words, with the completion script sourced and the program on PATH. */
async function offered(line: string, { home }: typeof around): Promise<readonly string[]> {
  const bin = join(home, "bin");
  const script = `
    source <(codex-loop completion bash)
    COMP_LINE=$1; COMP_POINT=\${#COMP_LINE}
    read -ra COMP_WORDS <<< "$COMP_LINE"
    [[ $COMP_LINE == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    $(complete -p codex-loop | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`, HOME: home };
  const child = spawn("bash", ["-c", script, "bash", line], { env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  expect(err.join("")).toBe("");
  return out.join("").split("\n").filter(Boolean);
}

test("[HSE-8] bash completes commands, options, values and the ids of sessions that were read", async () => {
  expect(await offered("codex-loop se", around)).toEqual(["sessions", "search"]);
  expect(await offered("codex-loop sessions ", around)).toEqual(["list", "show"]);
  expect(await offered("codex-loop usage --by ", around)).toEqual(["day", "session", "model"]);
  const options = await offered("codex-loop usage --", around);
  expect(options).toEqual(
    expect.arrayContaining(["--by", "--since", "--codex-home", ...GLOBAL_OPTIONS.map(({ name }) => name)]),
  );
  expect(await offered("codex-loop sessions show ", around)).toEqual([SESSION]);
  expect(await offered("codex-loop signals --session 01a1", around)).toEqual([SESSION]);
  expect(await offered("codex-loop --json sessions show 01a1", around)).toEqual([SESSION]);
  expect(await offered("codex-loop --store /no/store.db sessions show ", around)).toEqual([]);
});

test("[HSE-8] a reader that leaves is no failure; an answer that cannot be written is one, in three lines", async () => {
  const pipe = async (line: string): Promise<{ readonly out: string; readonly err: string }> => {
    const env = { PATH: `${join(around.home, "bin")}:${dirname(process.execPath)}:/usr/bin:/bin`, HOME: around.home };
    const child = spawn("bash", ["-c", line], { env, stdio: ["ignore", "pipe", "pipe"] });
    const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
    return { out: out.join(""), err: err.join("") };
  };
  // An answer of more than a pipe holds, so that the program is still writing when its reader is gone.
  const corpus = generateCorpus({ folder: join(around.home, "corpus"), bytes: 5_000_000, shape: "tiny", seed: 3 });
  expect(corpus.files).toBeGreaterThan(200);
  const store = join(around.home, "large.db");
  await mustCall(["ingest", join(around.home, "corpus"), "--store", store], around);
  const left = await pipe(`codex-loop sessions list --json --store ${store} | head -c 1; echo \${PIPESTATUS[0]}`);
  expect(left).toEqual({ out: "[0\n", err: "" });
  const full = await pipe("codex-loop sessions list >/dev/full; echo $?");
  expect([full.out, full.err.trimEnd().split("\n")]).toEqual([
    "1\n",
    [expect.any(String), expect.stringContaining("ENOSPC"), expect.stringMatching(/^Do this: /)],
  ]);
});

test("[HSE-8] every shell has its script; it names the command that completes", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    expect((await callCli(["completion", shell], around)).stdout).toContain("codex-loop complete -- ");
  }
});

test("[HSE-8] work over a second shows percent, rate and time left on stderr; none when it is short or --quiet", () => {
  const written = (quiet: boolean, isTTY: boolean): readonly string[] => {
    const lines: string[] = [];
    const stderr = { write: (text: string) => lines.push(text), isTTY };
    const globals = { json: false, store: null, quiet, debug: false, color: false } as const;
    const clock = fixedClock(0);
    const output = new Output({ stdout: { write: () => true }, stderr, globals, environment: {} });
    const progress = new Progress(output, { stream: stderr, clock });
    for (let second = 0; second < 12; second += 1) {
      progress.bytes(second * 100_000_000, 1_200_000_000);
      clock.advance(1000);
    }
    progress.end();
    return lines;
  };
  const live = written(false, true);
  expect(live[0]).toBe("\r\u001B[2K8 %  100 of 1200 MB  100 MB/s  11 s left");
  expect(live.at(-1)).toBe("\r\u001B[2K");
  expect(written(false, false)).toEqual([
    "41 %  500 of 1200 MB  100 MB/s  7 s left\n",
    "83 %  1000 of 1200 MB  100 MB/s  2 s left\n",
  ]);
  expect(written(true, true)).toEqual([]);
});

test("[HSE-8] doctor prints what is wrong with its fix, and exits 1 only for what must be mended", async () => {
  await using home = await emptyHome();
  const before = await callCli(["doctor"], home);
  expect(before.code).toBe(0);
  expect(before.stdout).toMatch(/^note  codex: .*\n {6}Do this: npm install -g @openai\/codex@/m);
  expect(before.stdout).toMatch(/^ok {4}store: There is no store at .*\.$/m);
  await mkdir(join(home.home, ".codex-loop"));
  await writeFile(join(home.home, ".codex-loop/config.yaml"), "port: 7400\n", { mode: 0o644 });
  const open = await callCli(["doctor"], home);
  expect(open.code).toBe(1);
  expect(open.stdout).toMatch(/^FIX {3}configuration: .*\n {6}Do this: chmod 600 .*config\.yaml$/m);
  const withoutTools = await callCli(["doctor", "--json"], { ...home, env: { PATH: "" } });
  expect(withoutTools.code).toBe(1);
});
