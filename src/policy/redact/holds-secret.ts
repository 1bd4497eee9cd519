import { findSecrets } from "./find-secrets.ts";
import { knownValues } from "./known-values.ts";

/** True for a text with a known value, or with a secret that has the form of its maker; what only may be one does not count. */
export function holdsSecret(text: string, known: readonly string[]): boolean {
  if (knownValues(known).replace(text, () => "") !== text) return true;
  return findSecrets(text).some(({ confidence }) => confidence === "definite");
}
