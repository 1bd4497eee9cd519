/** `.codex-loop/policy.yaml` as people write it. */
import { z } from "zod";
import { readFreezeWindow, type FreezeWindow } from "../../model/freeze-window.ts";
import { ACTORS, GATES, type ApprovalsWanted, type CommandPattern } from "../../model/policy.ts";
import { NAMES, TAKING_GLOBS, wholeNumber } from "../written-parts.ts";
import type { WrittenPolicy, WrittenRule } from "./written-policy.ts";

const APPROVALS: z.ZodType<ApprovalsWanted> = z.strictObject({
  count: wholeNumber(1, 20).default(1),
  roles: NAMES.default([]),
  notAuthor: z.boolean("must be true or false").default(true),
  onHead: z.boolean("must be true or false").default(true),
});

const WHEN = z.strictObject({
  paths: TAKING_GLOBS.optional(),
  labelsAny: NAMES.optional(),
  actor: z.enum(ACTORS, `must be one of ${ACTORS.join(", ")}`).optional(),
});

const WINDOW: z.ZodType<FreezeWindow> = z.string("must be text").transform((text, context) => {
  const window = readFreezeWindow(text);
  if (!("problem" in window)) return window;
  context.addIssue({ code: "custom", message: `window ${window.problem}` });
  return z.NEVER;
});

/** Words with `*` for anything in them; one line is split at blanks, because a pattern is no shell script. */
const PATTERN: z.ZodType<CommandPattern> = z
  .union([z.string(), z.array(z.string())], { error: "must be a program and its arguments" })
  .transform((pattern) => (typeof pattern === "string" ? pattern.split(/\s+/) : pattern).filter((word) => word !== ""))
  .superRefine((words, context) => {
    const problem = patternProblem(words);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });

function patternProblem(words: CommandPattern): string | null {
  const [program = "..."] = words;
  if (program === "...") return "must begin with a program";
  if (program.includes("/"))
    return "begins with a path: programs are compared by their bare names, so it can never act";
  return words.slice(0, -1).includes("...") ? "has ... before its end" : null;
}

const COMMANDS = z.strictObject({
  deny: z.array(PATTERN, "must be a list of commands").default([]),
  need: z.array(PATTERN, "must be a list of commands").default([]),
  allow: z.array(PATTERN, "must be a list of commands").default([]),
});

const HOST: z.ZodType<string> = z
  .string("must be a host name")
  .regex(
    /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/,
    "must be a host name in lower case, or *. and one, without scheme, port or path",
  );

const PROTECT = z.preprocess(
  (given) => (Array.isArray(given) ? { paths: given as readonly unknown[] } : given),
  z.strictObject(
    { paths: TAKING_GLOBS, approvals: APPROVALS.optional() },
    "must be a list of globs, or {paths, approvals}",
  ),
);

const AMOUNT = wholeNumber(1, 1_000_000_000);

const RULE: z.ZodType<WrittenRule> = z.strictObject({
  id: z.string("must be a name").regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, "must be a word of a–z, 0–9, _ and -"),
  at: z
    .array(z.enum(GATES, `must be one of ${GATES.join(", ")}`), "must be a list of gates")
    .min(1, "must name a gate")
    .optional(),
  when: WHEN.optional(),
  require: z.strictObject({ checks: NAMES.optional(), approvals: APPROVALS.optional() }).optional(),
  protect: PROTECT.optional(),
  limit: z
    .strictObject({
      ideaLines: AMOUNT.optional(),
      ideaFiles: AMOUNT.optional(),
      taskLines: AMOUNT.optional(),
      taskFiles: AMOUNT.optional(),
      openPrsPerIdea: AMOUNT.optional(),
    })
    .optional(),
  deny: z
    .strictObject({ windows: z.array(WINDOW, "must be a list of windows").min(1, "must name a window") })
    .optional(),
  commands: COMMANDS.optional(),
  domains: z.strictObject({ allow: z.array(HOST, "must be a list of hosts") }).optional(),
});

export const POLICY: z.ZodType<WrittenPolicy> = z.strictObject({
  version: z.literal(1, "must be 1"),
  staleMinutes: wholeNumber(1, 525_600).default(1440),
  rules: z.array(RULE, "must be a list of rules").max(2000, "must hold at most 2000 rules"),
});
