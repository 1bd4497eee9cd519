/** What is wrong in a file that people write, before it has a place in lines and columns. */
import { clip, nearest } from "../kit/text.ts";
import { notTextAt } from "../kit/foreign-text.ts";
import type { Problem } from "../model/problem.ts";

export interface Mistake {
  readonly path: readonly PropertyKey[];
  /** Whether the last key of the path is wrong, or what stands behind it. */
  readonly of: "key" | "value";
  /** Without its full stop. */
  readonly message: string;
  readonly hint: string;
}

/** A key that is not known there. */
export function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Mistake {
  const name = String(path.at(-1));
  return {
    path,
    of: "key",
    message: `${quoted(name)} is not a known key${guess(name, known)}`,
    hint: `write one of ${known.join(", ")}`,
  };
}

/** What was written instead of one of some closed words. */
export function notOneOf(given: unknown, known: readonly string[]): string {
  return typeof given === "string" ? `not ${quoted(given)}${guess(given, known)}` : `not ${shown(given)}`;
}

/** A foreign word as messages show it: in quotes, on one line, not too long. */
export function quoted(word: string): string {
  return JSON.stringify(clip(word, 60));
}

function shown(given: unknown): string {
  return typeof given === "number" || typeof given === "boolean" ? String(given) : "that";
}

function guess(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return close === null ? "" : `; did you mean ${close}?`;
}

/** Exactly one mark at the end. */
export function sentence(text: string): string {
  const bare = text.replace(/[\s.]+$/, "");
  return bare.endsWith("?") ? bare : `${bare}.`;
}

/** A file that is no text, e.g. because it is in another encoding; `null`: it is. */
export function notText(file: string, text: string): Problem | null {
  const place = notTextAt(text);
  if (place === null) return null;
  return {
    at: `${file}:${place.line}:${place.column}`,
    message: "this is not UTF-8 text.",
    hint: "save the file as text in UTF-8.",
  };
}

/** `bytes`: how many the file has; `null`: more than the limit, and not counted. */
export function tooLarge(
  file: string,
  { bytes, limit }: { readonly bytes: number | null; readonly limit: number },
): Problem {
  const has = bytes === null ? `more than ${limit} bytes` : `${bytes} bytes`;
  return {
    at: `${file}:1:1`,
    message: `the file has ${has}, and at most ${limit} (${limit / 1024} KiB) are taken.`,
    hint: "say what is wanted, and point to long material in the repository.",
  };
}
