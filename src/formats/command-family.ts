import {
  isAssignment,
  optionsEnd,
  programOf,
  scriptOf,
  SHELLS,
  withoutReserved,
  wrapped,
  WRAPPERS,
} from "../kit/command-words.ts";
import { simpleCommands } from "../kit/shell-words.ts";

/** Commands that only prepare the next one. */
const PREPARE = new Set("cd pushd popd export set unset source . : true shopt umask ulimit alias trap".split(" "));
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

function isPreparation(words: readonly string[]): boolean {
  return PREPARE.has(words[0] ?? "") || words.every(isAssignment);
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

function familyOfShell(shell: string, rest: readonly string[], depth: number): string {
  const script = scriptOf(rest);
  return script === undefined ? shell : (familyOfScript(script, depth + 1) ?? shell);
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
