import { LONGEST_SECRET } from "../../model/redacted.ts";

/**
 * Reads a string member out of JSON that may end anywhere. The first member of that name wins, wherever it stands;
 * `undefined` when there is none.
 */
export function stringMember(text: string, name: string): string | undefined {
  const start = valueStart(text, name);
  return text[start] === '"' ? decodedFrom(text, start + 1) : undefined;
}

/** The same for text that is kept: where it is cut, it ends before anything that could be half a secret. */
export function textMember(text: string, name: string): string | undefined {
  const start = valueStart(text, name);
  if (text[start] !== '"') return undefined;
  const whole = decodedFrom(text, start + 1);
  return isCutMember(text, name) ? whole.slice(0, -LONGEST_SECRET) : whole;
}

/** Whether the text ends inside the value of that string member. */
export function isCutMember(text: string, name: string): boolean {
  const start = valueStart(text, name);
  return text[start] === '"' && valueEnd(text, start + 1) >= text.length;
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
  const raw = text.slice(start, Math.min(valueEnd(text, start), text.length));
  return parsed(raw) ?? parsed(withoutBrokenEscape(raw)) ?? "";
}

/** Index of the closing quote; the length of the text or one more when it ends before. */
function valueEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end;
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
