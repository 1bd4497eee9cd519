/**
 * Reads a string member out of JSON that may end anywhere. The first member of that name wins, wherever it stands;
 * `undefined` when there is none.
 */
export function stringMember(text: string, name: string): string | undefined {
  const start = valueStart(text, name);
  return text[start] === '"' ? decodedFrom(text, start + 1) : undefined;
}

/** The last string member of that name: for the ends of lines. */
export function lastStringMember(text: string, name: string): string | undefined {
  const found = text.lastIndexOf(`"${name}":"`);
  return found < 0 ? undefined : decodedFrom(text, found + name.length + 4);
}

/** Index of the value of a member; −1 when it is not there. */
export function valueStart(text: string, name: string): number {
  const found = text.indexOf(`"${name}":`);
  return found < 0 ? -1 : found + name.length + 3;
}

/** Decodes a JSON string from behind its opening quote to its closing one, or to the end of the text. */
function decodedFrom(text: string, start: number): string {
  let end = start;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  const raw = text.slice(start, Math.min(end, text.length));
  return parsed(raw) ?? parsed(withoutBrokenEscape(raw)) ?? "";
}

function parsed(raw: string): string | undefined {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return undefined;
  }
}

/** An escape sequence cut by the end of the text (`\`, `\u00e`) is dropped. */
function withoutBrokenEscape(raw: string): string {
  return raw.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, "");
}
