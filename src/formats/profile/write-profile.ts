import type { AttemptCaps } from "../../model/cap.ts";
import type { Profile } from "../../model/profile.ts";

/** What binds in the end: of the profile and the settings around it the smallest. */
export interface ProfileLimits {
  readonly caps: Pick<AttemptCaps, "minutes" | "turns" | "tokens" | "microDollars">;
  readonly maxParallel: number;
}

/** A profile in the words and units that its file is written in, with what holds where it says nothing. */
export function writeProfile(profile: Profile, { caps, maxParallel }: ProfileLimits): object {
  const { setup, acceptance, allowedPaths, scope } = profile;
  const { minutes, turns, tokens, microDollars } = caps;
  return {
    setup,
    acceptance,
    allowed_paths: allowedPaths.length === 0 ? ["**"] : allowedPaths,
    scope: scope ?? "",
    caps: { minutes, turns, tokens, usd: microDollars / 1_000_000 },
    max_parallel: maxParallel,
  };
}
