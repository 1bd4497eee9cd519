import type { Cap } from "../../model/cap.ts";

/**
 * The cap of a task or its idea that is spent for good; `null`: none. What is only reserved may come free, and a day ends,
 * but these only a person widens.
 */
export function exhaustedCap(caps: readonly Cap[]): Cap | null {
  const isOwn = ({ scope }: Cap): boolean => scope.startsWith("task/") || scope.startsWith("idea/");
  return caps.find((cap) => isOwn(cap) && cap.cap !== null && cap.spent >= cap.cap) ?? null;
}
