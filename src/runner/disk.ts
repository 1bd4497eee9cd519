import type { Failure } from "../model/failure.ts";
import { endingOf, type Ending } from "./ending.ts";

const FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;

/** True for an error or a text that says the disk is full. */
export function saysDiskFull(what: unknown): boolean {
  return FULL.test(what instanceof Error ? `${codeOf(what)} ${what.message}` : String(what));
}

/** How a failure of our own git ends the attempt. */
export function gitEnding({ message, cause }: Failure): Ending {
  const detail = `${message} ${cause}`;
  return endingOf(saysDiskFull(detail) ? "DISK_FULL" : "GIT_FAILED", detail);
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
