/** Serialization failure, deadlock, lock timeout: the transaction was undone whole, and trying again can succeed. */
const TRANSIENT: ReadonlySet<unknown> = new Set(["40001", "40P01", "55P03"]);

export function isTransient(error: unknown): boolean {
  return error instanceof Error && "code" in error && TRANSIENT.has(error.code);
}
