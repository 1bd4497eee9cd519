/**
 * The words of a command line as Codex shows it: joined for a shell, with quotes and backslashes only. `null` when a
 * quote is not closed. Unlike a shell it runs nothing and knows no operators: the words were an argument list.
 */
export function commandWords(line: string): readonly string[] | null {
  const words: string[] = [];
  const pattern = /\s*((?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+)/y;
  let end = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    words.push(unquoted(match[1] ?? ""));
    end = pattern.lastIndex;
  }
  return line.slice(end).trim() === "" ? words : null;
}

function unquoted(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_, single, double, escaped) => {
    if (typeof single === "string") return single;
    return typeof double === "string" ? double.replaceAll(/\\(["\\$`])/g, "$1") : String(escaped);
  });
}
