/** SQLite's primary result code "database is locked": nothing happened, and trying again can succeed. */
const SQLITE_BUSY = 5;

export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && (error.errcode & 0xff) === SQLITE_BUSY;
}
