import type { AttemptCaps, CapUnit, CapWishes } from "../../model/cap.ts";
import type { Settings } from "../../config/options.ts";
import type { CapState } from "../../policy/admission/facts.ts";

export interface CapSources {
  readonly settings: Settings;
  readonly profile: CapWishes;
  readonly idea: CapWishes;
  /** The caps around the attempt: it gets no more than what is left of each. */
  readonly around: readonly CapState[];
}

/**
 * The caps of an attempt: of everything that has a say the smallest, and what a person has added to the idea's cap since,
 * but never more than is left around it.
 */
export function attemptCapsOf({ settings, profile, idea, around }: CapSources): AttemptCaps {
  const least = (own: number, wish: keyof CapWishes): number => Math.min(own, profile[wish] ?? own, idea[wish] ?? own);
  return {
    minutes: least(settings["caps.attempt.minutes"], "minutes"),
    turns: least(settings["caps.attempt.turns"], "turns"),
    responses: settings["caps.attempt.responses"],
    toolCalls: settings["caps.attempt.tool_calls"],
    tokens: Math.min(
      least(settings["caps.attempt.tokens"], "tokens") + added(around, "tokens"),
      left(around, "tokens"),
    ),
    microDollars: Math.min(
      least(settings["caps.attempt.usd"], "microDollars") + added(around, "usd"),
      left(around, "usd"),
    ),
  };
}

function added(around: readonly CapState[], unit: CapUnit): number {
  return around.find((cap) => cap.scope.startsWith("idea/") && cap.unit === unit)?.extended ?? 0;
}

function left(around: readonly CapState[], unit: CapUnit): number {
  const rests = around.flatMap((cap) =>
    cap.unit === unit && cap.cap !== null ? [Math.max(0, cap.cap - cap.spent - cap.reserved)] : [],
  );
  return Math.min(Number.POSITIVE_INFINITY, ...rests);
}
