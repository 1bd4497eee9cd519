/** What shells, wrappers and assignments look like, wherever a command is taken apart. */

/** Words of the shell's own language that stand where a program would. */
export const RESERVED: ReadonlySet<string> = new Set("if then elif else while until do ! { } time".split(" "));
export const SHELLS: ReadonlySet<string> = new Set("bash sh zsh dash ksh fish".split(" "));

/** Programs that run another program, with their options that take a value. */
export const WRAPPERS: ReadonlyMap<string, string> = new Map([
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

/** The command of a simple command: what stands behind `if`, `then`, `!` and the like. */
export function withoutReserved(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !RESERVED.has(word));
  return start < 0 ? [] : words.slice(start);
}

export function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*\+?=/.test(word);
}

/** `/usr/bin/python3.12` is `python`. */
export function programOf(word: string): string {
  const name = word.slice(word.lastIndexOf("/") + 1).replace(/\.exe$/i, "");
  return /^(?:python|pip)[\d.]+$/.test(name) ? name.replace(/[\d.]+$/, "") : name;
}

/** The words behind a wrapper, its options and what it takes itself. `valued`: its options that take a value. */
export function wrapped(program: string, rest: readonly string[], valued: string): readonly string[] {
  const words = rest.slice(optionsEnd(rest, valued));
  return program === "timeout" ? words.slice(1) : words;
}

/** Index of the first word that is neither an option nor an option's value. */
export function optionsEnd(words: readonly string[], valued: string): number {
  const takesValue = new Set(valued.split(" "));
  let at = 0;
  while (words[at]?.startsWith("-") === true || words[at]?.startsWith("+") === true) {
    at += takesValue.has(words[at] ?? "") ? 2 : 1;
  }
  return at;
}

/** The script of `sh -c SCRIPT`; `undefined` where there is none. */
export function scriptOf(rest: readonly string[]): string | undefined {
  const flag = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  return flag < 0 ? undefined : rest[flag + 1];
}
