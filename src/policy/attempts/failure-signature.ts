import { hashParts } from "../../kit/hash.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";

/** What differs between two tellings of the same trouble: ids, hashes, paths and numbers. */
const VARYING = /\/[^\s:'"]+|\b[0-9a-f]{7,}\b|[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi;

/** Equal for failures that look the same, whatever the task: the code and the first line without what varies. */
export function failureSignature(code: AttemptFailureCode, detail: string): string {
  const line = detail.split("\n", 1)[0] ?? "";
  const words = line.replaceAll(VARYING, "#").toLowerCase().replaceAll(/\s+/g, " ").trim();
  return hashParts(code, words.slice(0, 200)).slice(0, 16);
}
