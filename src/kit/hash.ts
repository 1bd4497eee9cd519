import { createHash } from "node:crypto";

/** SHA-256 of text or bytes as 64 lower-case hex characters. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 over parts that cannot run into each other: `["ab","c"]` and `["a","bc"]` differ. */
export function hashParts(...parts: readonly (string | number)[]): string {
  return sha256(JSON.stringify(parts));
}

/** SHA-256 of text or bytes that come in pieces; `hex` ends it and gives 64 lower-case characters. */
export interface RunningHash {
  update(data: string | Uint8Array): void;
  hex(): string;
}

export function runningSha256(): RunningHash {
  const hash = createHash("sha256");
  return { update: (data) => void hash.update(data), hex: () => hash.digest("hex") };
}
