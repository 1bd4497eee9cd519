import { stringify } from "yaml";
import { expect, test } from "vitest";
import { DEFAULT_PROFILE, parseProfile } from "./parse-profile.ts";
import { writeProfile } from "./write-profile.ts";

const LIMITS = { caps: { minutes: 45, turns: 8, tokens: 2_000_000, microDollars: 2_500_000 }, maxParallel: 1 };

test("[MOD-3] what is written of a profile has the file's own keys and units, and reads as what binds", () => {
  const written = writeProfile(DEFAULT_PROFILE, LIMITS);
  expect(written).toEqual({
    setup: [],
    acceptance: [],
    allowed_paths: ["**"],
    scope: "",
    caps: { minutes: 45, turns: 8, tokens: 2_000_000, usd: 2.5 },
    max_parallel: 1,
  });
  expect(parseProfile({ file: "profile.yaml", text: stringify(written) })).toEqual({
    ok: true,
    value: { ...DEFAULT_PROFILE, allowedPaths: ["**"], caps: LIMITS.caps, maxParallel: 1 },
  });
});
