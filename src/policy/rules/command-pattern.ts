import { programOf } from "../../kit/command-words.ts";
import type { CommandPattern } from "../../model/policy.ts";

type Words = readonly string[];

/**
 * Whether a command is one that a pattern keeps from running. Built to catch more rather than less: the program's folder
 * does not matter, options may stand anywhere and in any order (`-fr` is `-rf`), and more words may follow.
 */
export function catches(pattern: CommandPattern): (command: Words) => boolean {
  const [program = "", ...words] = pattern.filter((word) => word !== "...");
  const isProgram = wordTest(program);
  const options = words.filter((word) => word.startsWith("-"));
  const plain = words.filter((word) => !word.startsWith("-")).map(wordTest);
  return ([first = "", ...rest]) =>
    isProgram(programOf(first)) && options.every((option) => hasOption(rest, option)) && followIn(rest, plain);
}

/** Whether a command is exactly what a pattern lets run: word by word, the program by its bare name, nothing behind. */
export function covers(pattern: CommandPattern): (command: Words) => boolean {
  const isOpen = pattern.at(-1) === "...";
  const tests = pattern.filter((word) => word !== "...").map(wordTest);
  return (command) =>
    (isOpen ? command.length >= tests.length : command.length === tests.length) &&
    tests.every((test, at) => test(command[at] ?? ""));
}

/** `*` stands for any text within one word. Each part is looked for once, so a long word costs no more than its length. */
export function wordTest(pattern: string): (word: string) => boolean {
  const parts = pattern.split("*");
  const [start = "", ...others] = parts;
  const end = others.pop();
  if (end === undefined) return (word) => word === start;
  return (word) => {
    if (!word.startsWith(start)) return false;
    let at = start.length;
    for (const part of others) {
      const next = word.indexOf(part, at);
      if (next < 0) return false;
      at = next + part.length;
    }
    return word.length - end.length >= at && word.endsWith(end);
  };
}

/** Whether the plain words come in this order, options left out; a word right behind an option may be its value. */
function followIn(words: Words, wanted: readonly ((word: string) => boolean)[]): boolean {
  let reached = new Set([0]);
  let isBehindOption = false;
  for (const word of words) {
    if (reached.has(wanted.length)) return true;
    const isOption = word.startsWith("-") && word.length > 1;
    if (!isOption) reached = stepped(word, { wanted, reached, mayBeValue: isBehindOption });
    isBehindOption = isOption && !word.includes("=");
  }
  return reached.has(wanted.length);
}

function stepped(
  word: string,
  from: {
    readonly wanted: readonly ((word: string) => boolean)[];
    readonly reached: ReadonlySet<number>;
    readonly mayBeValue: boolean;
  },
): Set<number> {
  const { wanted, reached, mayBeValue } = from;
  const next = [...reached].filter((at) => wanted[at]?.(word) === true).map((at) => at + 1);
  return new Set(mayBeValue ? [...reached, ...next] : next);
}

function hasOption(words: Words, option: string): boolean {
  const test = wordTest(option);
  if (words.some((word) => test(word) || word.startsWith(`${option}=`))) return true;
  if (!/^-[A-Za-z]+$/.test(option)) return false;
  const bundles = words.filter((word) => /^-[A-Za-z]+$/.test(word)).join("");
  return option.split("").every((letter) => bundles.includes(letter));
}
