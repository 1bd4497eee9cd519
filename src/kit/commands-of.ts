import {
  isAssignment,
  optionsEnd,
  programOf,
  scriptOf,
  SHELLS,
  withoutReserved,
  wrapped,
  WRAPPERS,
} from "./command-words.ts";
import { simpleCommands } from "./shell-words.ts";

/** Every program that a command would start, as far as its words say. */
export interface StartedCommands {
  /** Each as it is written, its program first; shells and wrappers stand before what they start. */
  readonly commands: readonly (readonly string[])[];
  /** Why there may be more than is listed; `null`: there is not. */
  readonly doubt: string | null;
}

/** Characters of one command, and how deep shells may stand within shells: beyond, nobody can say what is started. */
const LONGEST = 65_536;
const DEEPEST = 8;

/** Further programs that run what stands behind them. */
const RUNNERS: ReadonlyMap<string, string> = new Map([
  ...WRAPPERS,
  ["xargs", "-I -n -P -L -d -s -a -E"],
  ["busybox", ""],
  ["chroot", ""],
  ["strace", "-o -e -p"],
  ["unshare", ""],
  ["watch", "-n"],
  ["flock", "-w -E"],
]);

/** Wrappers whose first plain word is theirs. */
const TAKES_ONE: ReadonlySet<string> = new Set(["chroot", "flock"]);

/**
 * Takes a command apart: shells, wrappers such as `env` and `xargs`, pipes, lists, groups and substitutions. What a
 * program does itself (`make`, `node x.mjs`, `bash build.sh`) is not looked into.
 */
export function commandsOf(command: string | readonly string[]): StartedCommands {
  const found: string[][] = [];
  const doubt = typeof command === "string" ? ofScript(command, found, 0) : ofWords(command, found, 0);
  return { commands: found, doubt };
}

type Doubt = string | null;

function ofScript(script: string, found: string[][], depth: number): Doubt {
  if (script.length > LONGEST) return "it is too long to be read";
  if (depth > DEEPEST) return "it nests shells too deep";
  const simple = simpleCommands(script, LONGEST).map(withoutReserved);
  const doubts = simple.flatMap((words) => [
    ofWords(words, found, depth),
    ...words.flatMap(substitutions).map((inner) => ofScript(inner, found, depth + 1)),
  ]);
  const hidden = /<<-?\s*\\?['"]?\w/.test(script) ? "a here-document hides the rest" : null;
  return doubts.find((doubt) => doubt !== null) ?? hidden;
}

function ofWords(words: readonly string[], found: string[][], depth: number): Doubt {
  const start = words.findIndex((word) => !isAssignment(word));
  return start < 0 ? null : ofProgram(words.slice(start), found, depth);
}

function ofProgram(words: readonly string[], found: string[][], depth: number): Doubt {
  const [first = "", ...rest] = words;
  if (/[$`*?]/.test(first)) return "its program is known only when it runs";
  if (first === "") return null;
  const program = programOf(first);
  found.push([first, ...rest]);
  if (depth > DEEPEST) return "it nests commands too deep";
  if (program === "alias") return "it gives a command another name";
  if (program === "eval") return ofScript(rest.join(" "), found, depth + 1);
  if (SHELLS.has(program)) return ofShell(rest, found, depth);
  if (program === "find") return ofFind(rest, found, depth);
  const valued = RUNNERS.get(program);
  return valued === undefined ? null : ofWords(behind(program, rest, valued), found, depth + 1);
}

/** A shell without a script runs what it is given on its input. */
function ofShell(rest: readonly string[], found: string[][], depth: number): Doubt {
  const script = scriptOf(rest);
  if (script !== undefined) return ofScript(script, found, depth + 1);
  const readsFile = rest.some((word) => !word.startsWith("-"));
  return readsFile || rest.includes("--version") ? null : "a shell reads its commands from its input";
}

function ofFind(rest: readonly string[], found: string[][], depth: number): Doubt {
  const doubts = rest.flatMap((word, at) =>
    /^-(?:exec|execdir|ok|okdir)$/.test(word) ? [ofWords(rest.slice(at + 1), found, depth + 1)] : [],
  );
  return doubts.find((doubt) => doubt !== null) ?? null;
}

function behind(program: string, rest: readonly string[], valued: string): readonly string[] {
  const split = program === "env" ? rest.findIndex((word) => /^(?:-S|--split-string)/.test(word)) : -1;
  if (split >= 0) {
    const text = rest.slice(split).join(" ");
    return ["sh", "-c", text.replace(/^(?:-S|--split-string)=?\s*/, "")];
  }
  const words = TAKES_ONE.has(program) ? rest.slice(optionsEnd(rest, valued) + 1) : wrapped(program, rest, valued);
  return words;
}

/** The outermost scripts in `$(…)` and backticks of a word; quoted ones that stay text are taken too. */
function substitutions(word: string): readonly string[] {
  const found: string[] = [];
  for (let at = word.indexOf("$("); at >= 0;) {
    const end = closing(word, at + 1);
    found.push(word.slice(at + 2, end));
    at = word.indexOf("$(", end);
  }
  const ticks = word.split("`");
  for (let at = 1; at < ticks.length; at += 2) found.push(ticks[at] ?? "");
  return found;
}

function closing(word: string, open: number): number {
  let depth = 0;
  for (let at = open; at < word.length; at += 1) {
    if (word[at] === "(") depth += 1;
    if (word[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return word.length;
}
