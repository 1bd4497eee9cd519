/** A run of characters of two or four bytes each. A NUL between whole words, as in an environment, separates them. */
const WIDE = /(?:[^\0\n]\0{1,3}){3,}/g;

/**
 * Lines that a unified diff puts in, and the names of its files; what it takes out is no reason to refuse it. Once more
 * with wide letters made narrow and other NULs as line breaks, so that neither UTF-16 nor a NUL beside a secret hides it;
 * a word with one NUL in its midst is two words.
 */
export function addedText(diff: string): string {
  const text = diff
    .split("\n")
    .filter((line) => line.startsWith("+") || line.startsWith("diff --git "))
    .map((line) => (line.startsWith("+") ? line.slice(1) : line))
    .join("\n");
  const narrow = text.replaceAll(WIDE, (run) => run.replaceAll("\0", ""));
  return text.includes("\0") ? `${text}\n${narrow.replaceAll("\0", "\n")}` : text;
}
