import { createHash } from "node:crypto";

/** SHA-256 of text or bytes as 64 lower-case hex characters. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 over parts that cannot run into each other: `["ab","c"]` and `["a","bc"]` differ. */
export function hashParts(...parts: readonly (string | number)[]): string {
  return sha256(JSON.stringify(parts));
}
