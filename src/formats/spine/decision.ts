import { isObject, stringAt } from "../../kit/json.ts";

export type Answer = "approved" | "denied";

const APPROVED = new Set(["approved", "approved_for_session", "accept", "accept_for_session"]);
const DENIED = new Set(["denied", "abort", "cancel", "decline"]);

/**
 * What a person answered, in any shape a decision was ever written in: a word, `{type: word}`, or an object keyed by the
 * word (`{"approved_execpolicy_amendment": {…}}`). `null` for a word nobody has met.
 */
export function readDecision(decision: unknown): Answer | null {
  const word = wordOf(decision);
  if (word === null) return null;
  if (DENIED.has(word)) return "denied";
  return APPROVED.has(word) || word.startsWith("approved_") || word.startsWith("accept_") ? "approved" : null;
}

function wordOf(decision: unknown): string | null {
  if (typeof decision === "string") return snake(decision);
  if (!isObject(decision)) return null;
  const word = stringAt(decision, "type") ?? Object.keys(decision)[0];
  return word === undefined ? null : snake(word);
}

/** `ThreadRollback`, `acceptForSession` and `thread_rollback` style names as snake case. */
export function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}
