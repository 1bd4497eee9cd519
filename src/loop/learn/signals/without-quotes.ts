const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const INLINE_CODE = /`[^`\n]*`/g;
const DOUBLE_QUOTED = /["“][^"“”\n]*["”]/g;

/** Lines that were pasted, not said: quotes, indented code, prompts, diffs, times, log levels, stack frames. */
const PASTED = [
  /^\s*>/,
  /^(?: {4}|\t)/,
  /^\s*(?:\$|>>>|PS>) /,
  /^(?:\+\+\+|---|@@|[+-]\S)/,
  /^\s*\[?\d{4}-\d\d-\d\d[T ]/,
  /^\s*\[?\d\d:\d\d:\d\d/,
  /^\s*\[?(?:npm |cargo )?(?:ERR!|ERROR|FATAL|WARN|WARNING|INFO|DEBUG|TRACE|FAIL|FAILED|PANIC)\b[\]:! ]/,
  /^\s*(?:at \S.*:\d+|File ".*", line \d+|Traceback \(|\w*(?:Error|Exception): )/,
];

/** The words of a message that are the person's own: without code, quotations and pasted logs. Linear in its length. */
export function withoutQuotes(text: string): string {
  return outsideFences(text)
    .filter((line) => !PASTED.some((form) => form.test(line)))
    .map((line) => line.replaceAll(INLINE_CODE, " ").replaceAll(DOUBLE_QUOTED, " "))
    .join("\n");
}

/** An unclosed fence runs to the end of the text; a fence closes with its own kind of mark. */
function outsideFences(text: string): string[] {
  let open: string | null = null;
  return text.split("\n").filter((line) => {
    const mark = FENCE.exec(line)?.[1]?.[0] ?? null;
    if (open === null) {
      open = mark;
      return mark === null;
    }
    if (mark === open) open = null;
    return false;
  });
}
