import { simpleCommands } from "./shell-words.ts";

/** Commands that only prepare the next one. */
const PREPARE = new Set("cd pushd popd export set unset source . : true shopt umask ulimit alias trap".split(" "));
const RESERVED = new Set("if then elif else while until do ! { } time".split(" "));
const SHELLS = new Set("bash sh zsh dash ksh fish".split(" "));

/** Programs that run another program, with their options that take a value. */
const WRAPPERS: ReadonlyMap<string, string> = new Map([
  ["env", "-u -C --unset --chdir"],
  ["sudo", "-u -g -h -p -C -D"],
  ["doas", "-u -C"],
  ["timeout", "-k -s --kill-after --signal"],
  ["nice", "-n"],
  ["ionice", "-c -n"],
  ["stdbuf", "-i -o -e"],
  ["nohup", ""],
  ["setsid", ""],
  ["command", ""],
  ["exec", "-a"],
  ["xvfb-run", "-s -n"],
]);

/** Programs whose first plain word says what they do, with their options that take a value before it. */
const WITH_SUBCOMMAND: ReadonlyMap<string, string> = new Map([
  ["git", "-C -c --git-dir --work-tree"],
  ["gh", "-R --repo"],
  ["npm", "--prefix -w --workspace -C"],
  ["npx", "-p --package -w"],
  ["pnpm", "-C --dir --filter -F"],
  ["pnpx", ""],
  ["yarn", "--cwd"],
  ["bun", "--cwd"],
  ["bunx", ""],
  ["deno", ""],
  ["cargo", "-C --config"],
  ["rustup", ""],
  ["go", "-C"],
  ["docker", "-H -c --context"],
  ["podman", ""],
  ["kubectl", "-n --namespace --context --kubeconfig"],
  ["helm", "-n --namespace"],
  ["terraform", ""],
  ["make", "-C -f -j"],
  ["just", "-f -d"],
  ["task", ""],
  ["pip", ""],
  ["pipx", ""],
  ["uv", "--directory --project"],
  ["uvx", ""],
  ["poetry", "-C"],
  ["pdm", ""],
  ["hatch", "-e"],
  ["conda", ""],
  ["bundle", ""],
  ["rake", ""],
  ["rails", ""],
  ["composer", ""],
  ["mix", ""],
  ["dotnet", ""],
  ["swift", ""],
  ["gradle", "-p"],
  ["gradlew", "-p"],
  ["mvn", "-f -pl"],
  ["apt", ""],
  ["apt-get", ""],
  ["brew", ""],
  ["systemctl", ""],
  ["codex", "-c"],
  ["aws", "--profile --region"],
  ["gcloud", ""],
]);

/** Sub-commands that only say "run this": the word behind them is what is run. */
const DISPATCH = new Set(
  "npm run|npm exec|npm run-script|pnpm run|pnpm exec|yarn run|bun run|deno task|uv run|poetry run|pdm run|hatch run|bundle exec".split(
    "|",
  ),
);

/**
 * The family of a command: its program and first sub-command, after unwrapping shells, `env`, `sudo`, `timeout`,
 * assignments and leading `cd`: `npm test`, `npm run lint`, `git push`, `npx vitest`, `python -m pytest`; programs
 * without sub-commands stand alone (`node check.mjs` is `node`). Of a pipe the first program counts. Takes a command
 * line or an argument array; never empty.
 */
export function commandFamily(command: string | readonly string[]): string {
  const family = typeof command === "string" ? familyOfScript(command, 0) : familyOfWords(command, 0);
  return family ?? "shell";
}

function familyOfScript(script: string, depth: number): string | null {
  const commands = simpleCommands(script)
    .map(withoutReserved)
    .filter((words) => words.length > 0);
  const first = commands.find((words) => !isPreparation(words)) ?? commands[0];
  return first === undefined ? null : familyOfWords(first, depth);
}

function withoutReserved(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !RESERVED.has(word));
  return start < 0 ? [] : words.slice(start);
}

function isPreparation(words: readonly string[]): boolean {
  return PREPARE.has(words[0] ?? "") || words.every(isAssignment);
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*\+?=/.test(word);
}

/** `depth` bounds shells within shells, which a hostile recording may nest without end. */
function familyOfWords(words: readonly string[], depth: number): string | null {
  const start = words.findIndex((word) => !isAssignment(word));
  const program = programOf(words[start] ?? "");
  if (start < 0 || program === "") return null;
  const rest = words.slice(start + 1);
  if (depth > 8) return program;
  if (SHELLS.has(program)) return familyOfShell(program, rest, depth);
  const wrapper = WRAPPERS.get(program);
  if (wrapper !== undefined) return familyOfWords(wrapped(program, rest, wrapper), depth + 1) ?? program;
  return withSubcommand(program, rest);
}

/** `/usr/bin/python3.12` is `python`. */
function programOf(word: string): string {
  const name = word.slice(word.lastIndexOf("/") + 1).replace(/\.exe$/i, "");
  return /^(?:python|pip)[\d.]+$/.test(name) ? name.replace(/[\d.]+$/, "") : name;
}

function familyOfShell(shell: string, rest: readonly string[], depth: number): string {
  const flag = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = flag < 0 ? undefined : rest[flag + 1];
  return script === undefined ? shell : (familyOfScript(script, depth + 1) ?? shell);
}

function wrapped(program: string, rest: readonly string[], valued: string): readonly string[] {
  const words = rest.slice(optionsEnd(rest, valued));
  return program === "timeout" ? words.slice(1) : words;
}

/** Index of the first word that is neither an option nor an option's value. */
function optionsEnd(words: readonly string[], valued: string): number {
  const takesValue = new Set(valued.split(" "));
  let at = 0;
  while (words[at]?.startsWith("-") === true || words[at]?.startsWith("+") === true) {
    at += takesValue.has(words[at] ?? "") ? 2 : 1;
  }
  return at;
}

function withSubcommand(program: string, rest: readonly string[]): string {
  if (program === "python" && rest[0] === "-m" && rest[1] !== undefined) return `python -m ${rest[1]}`;
  const valued = WITH_SUBCOMMAND.get(program);
  if (valued === undefined) return program;
  const words = rest.slice(optionsEnd(rest, valued));
  const family = plainWord(words[0]) ? `${program} ${words[0]}` : program;
  if (!DISPATCH.has(family)) return family;
  const script = words.slice(1).find((word) => !word.startsWith("-"));
  return plainWord(script) ? `${family} ${script}` : family;
}

function plainWord(word: string | undefined): word is string {
  return word !== undefined && word.length <= 60 && /^[A-Za-z@][\w:.@/-]*$/.test(word);
}
