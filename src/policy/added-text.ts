/** A run of characters of two or four bytes each. A NUL between whole words, as in an environment, separates them. */
const WIDE = /(?:[^\0]\0{1,3}){4,}/g;

/**
 * Lines that a unified diff puts in, and the names of its files; what it takes out is no reason to refuse it. Once more
 * without NUL, because two-byte letters put one between the letters of a secret, and beside it one hides where it begins.
 */
export function addedText(diff: string): string {
  const text = diff
    .split("\n")
    .filter((line) => line.startsWith("+") || line.startsWith("diff --git "))
    .map((line) => (line.startsWith("+") ? line.slice(1) : line))
    .join("\n");
  const narrow = text.replaceAll(WIDE, (run) => run.replaceAll("\0", ""));
  return narrow === text ? text : `${text}\n${narrow}`;
}
