import type { Instant } from "./time.ts";

/**
 * Every guard there is: what must hold an agent, a change or a caller back. A guard that nobody notes in earnest, or that
 * no drill fires, might as well not be there, and a test fails.
 */
export const GUARDS = {
  "cap/attempt/usd": "money of one attempt",
  "cap/attempt/tokens": "tokens of one attempt",
  "cap/attempt/responses": "model responses of one attempt",
  "cap/attempt/turns": "turns of one attempt",
  "cap/attempt/tool_calls": "tool calls of one attempt",
  "cap/attempt/minutes": "wall-clock time of one attempt",
  "cap/task/sessions": "attempts of one task over its life",
  "cap/idea/usd": "money of one idea",
  "cap/idea/tokens": "tokens of one idea",
  "cap/day/usd": "money of one day",
  "cap/day/tokens": "tokens of one day",
  "cap/month/usd": "money of one month",
  "cap/month/tokens": "tokens of one month",
  "rule/require": "a policy rule that wants checks or people",
  "rule/protect": "a policy rule that protects paths",
  "rule/limit": "a policy rule that limits the size of a change",
  "rule/freeze": "a policy rule that freezes a time window",
  "rule/commands": "a policy rule about commands",
  "rule/domains": "a policy rule about domains",
  "rule/unknown": "a fact that a rule needs and nobody has seen",
  breaker: "the same failure on several tasks",
  pause: "a pause of everything, a repository or an idea",
  stop: "the kill switch",
  same_head: "a head that was tried and has not changed",
  "token/forged": "a token that nobody made",
  "token/expired": "a token whose time or attempt is over",
  "token/foreign": "a token that is good somewhere else",
  "fence/stale": "a caller whose attempt somebody else has",
  "approval/stale": "an answer to a question that is not open any more",
} as const;

export type GuardName = keyof typeof GUARDS;
export const GUARD_NAMES: readonly GuardName[] = Object.keys(GUARDS).filter(
  (name): name is GuardName => name in GUARDS,
);

export function isGuardName(text: string): text is GuardName {
  return Object.hasOwn(GUARDS, text);
}

/** How often a guard fired in earnest, and what it last held back. */
export interface GuardRecord {
  readonly name: string;
  readonly times: number;
  readonly lastAt: Instant;
  /** An id or hash. */
  readonly subject: string;
}
