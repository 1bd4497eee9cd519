/** Where a text stops being one: a NUL, or what decoding puts where bytes were no UTF-8; from 1, `null`: it is text. */
export function notTextAt(text: string): { readonly line: number; readonly column: number } | null {
  const [offset] = [text.indexOf("\u0000"), text.indexOf("\ufffd")].filter((at) => at !== -1).toSorted((a, b) => a - b);
  if (offset === undefined) return null;
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
