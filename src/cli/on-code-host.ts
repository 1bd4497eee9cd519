import { existsSync } from "node:fs";

/** `OWNER/NAME`, unless there is a folder of that name. */
export function isOnCodeHost(named: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[\w.-]+$/.test(named) && !existsSync(named);
}
