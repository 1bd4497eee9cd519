import { z } from "zod";
import { isObject, stringAt } from "../../kit/json.ts";
import { ok, type Result } from "../../kit/result.ts";
import type { CapWishes } from "../../model/cap.ts";
import type { Problem } from "../../model/problem.ts";
import type { CommandLine, Profile } from "../../model/profile.ts";
import type { Mistake } from "../mistake.ts";
import { readStrictYaml, type WrittenFile } from "../strict-yaml.ts";
import { COMMAND_LINE, commandProblem, GLOBS, wholeNumber } from "../written-parts.ts";

/** Where a repository keeps its profile. */
export const PROFILE_FILE = ".codex-loop/profile.yaml";

const ACCEPTANCE = z.strictObject({
  name: z.string("must be a name").regex(/^[\w.:@/-]{1,100}$/, "must be a word of letters, digits and . _ : @ / -"),
  run: COMMAND_LINE,
  timeout: wholeNumber(1, 86_400).default(600),
});

const CAPS = z.strictObject({
  minutes: wholeNumber(1, 1440).optional(),
  turns: wholeNumber(1, 100).optional(),
  tokens: wholeNumber(1, 1_000_000_000).optional(),
  usd: z.number("must be US dollars").positive("must be more than 0").max(100_000, "must be at most 100000").optional(),
});

const PROFILE = z.strictObject({
  setup: z
    .union([z.string(), z.array(z.union([z.string(), z.array(z.string())]))], {
      error: "must be a command, or a list of commands",
    })
    .superRefine((setup, context) => {
      const isOne = typeof setup === "string" || isWords(setup);
      for (const [index, command] of commandsOf(setup).entries()) {
        const problem = commandProblem(command);
        if (problem !== null) context.addIssue({ code: "custom", path: isOne ? [] : [index], message: problem });
      }
    })
    .transform(commandsOf)
    .default([]),
  acceptance: z.array(ACCEPTANCE, "must be a list of {name, run, timeout}").default([]),
  allowed_paths: GLOBS.default([]),
  scope: z.string("must be text").trim().max(8_000, "must be at most 8000 characters").optional(),
  caps: CAPS.default({}),
  max_parallel: wholeNumber(1, 64).default(64),
});

/** Reads a profile strictly: every mistake is listed with its place. An empty file means all defaults. */
export function parseProfile(file: WrittenFile): Result<Profile, readonly Problem[]> {
  const read = readStrictYaml(file, { schema: PROFILE, together: namesUsedTwice });
  if (!read.ok) return read;
  const { setup, acceptance, allowed_paths: allowedPaths, scope, caps, max_parallel: maxParallel } = read.value;
  return ok({
    setup,
    acceptance,
    allowedPaths,
    scope: scope === undefined || scope === "" ? null : scope,
    caps: wishesOf(caps),
    maxParallel,
  });
}

function namesUsedTwice(profile: unknown): readonly Mistake[] {
  const acceptance: unknown = isObject(profile) ? profile["acceptance"] : null;
  if (!Array.isArray(acceptance)) return [];
  const names = acceptance.map((command) => stringAt(command, "name"));
  return names.flatMap((name, index) =>
    name === null || names.indexOf(name) === index
      ? []
      : [{ path: ["acceptance", index, "name"], of: "value", message: "name is used twice", hint: "give it another" }],
  );
}

/** What a repository without a profile has. */
export const DEFAULT_PROFILE: Profile = {
  setup: [],
  acceptance: [],
  allowedPaths: [],
  scope: null,
  caps: {},
  maxParallel: 64,
};

/** A list of words is one command; a list with a list in it is several. */
function commandsOf(setup: CommandLine | readonly CommandLine[]): readonly CommandLine[] {
  if (typeof setup === "string") return [setup];
  if (setup.length === 0) return [];
  return isWords(setup) ? [setup] : setup;
}

function isWords(setup: readonly CommandLine[]): setup is readonly string[] {
  return setup.every((word) => typeof word === "string");
}

function wishesOf({ usd, minutes, turns, tokens }: z.infer<typeof CAPS>): CapWishes {
  return {
    ...(minutes === undefined ? {} : { minutes }),
    ...(turns === undefined ? {} : { turns }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(usd === undefined ? {} : { microDollars: Math.round(usd * 1_000_000) }),
  };
}
