import type { CapLimits, CapWishes } from "../model/cap.ts";
import type { Settings } from "./options.ts";

/** The limits around an attempt: the settings', but for what the idea itself brings for its whole life. */
export function capLimitsOf(settings: Settings, idea: CapWishes = {}): CapLimits {
  return {
    taskSessions: settings["caps.task.sessions"],
    ideaTokens: idea.tokens ?? settings["caps.idea.tokens"],
    ideaMicroDollars: idea.microDollars ?? settings["caps.idea.usd"],
    dayTokens: settings["caps.day.tokens"],
    dayMicroDollars: settings["caps.day.usd"],
    monthTokens: settings["caps.month.tokens"],
    monthMicroDollars: settings["caps.month.usd"],
  };
}
