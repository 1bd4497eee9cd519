import type { CapState } from "../admission/facts.ts";

/**
 * The cap of a task or its idea that is spent for good; `null`: none. What is only reserved may come free, and a day ends,
 * but these only a person widens.
 */
export function exhaustedCap(caps: readonly CapState[]): CapState | null {
  const isOwn = ({ scope }: CapState): boolean => scope.startsWith("task/") || scope.startsWith("idea/");
  return caps.find((cap) => isOwn(cap) && cap.cap !== null && cap.spent >= cap.cap) ?? null;
}
