/** What requests may ask, parsed once at the door; anything else is refused with the name of what was wrong. */
import { z } from "zod";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { DELIGHT_CATEGORIES, FRICTION_CATEGORIES } from "../model/signal.ts";

export const sessionsQuery: z.ZodType<{ limit: number | null }> = z.object({
  limit: z.coerce.number().int().positive().nullable().default(null),
});

export const signalsQuery: z.ZodType<{ session: string | null; category: string | null }> = z.object({
  session: z.string().min(1).nullable().default(null),
  category: z
    .enum([...FRICTION_CATEGORIES, ...DELIGHT_CATEGORIES])
    .nullable()
    .default(null),
});

export const usageQuery: z.ZodType<{ by: "day" | "session" | "model" }> = z.object({
  by: z.enum(["day", "session", "model"]).default("day"),
});

export const searchQuery: z.ZodType<{ text: string }> = z.object({ text: z.string().default("") });

const LIST_LIMIT = 200;

/** The latest of a list that grows for ever. */
export const listQuery: z.ZodType<{ limit: number }> = z.object({
  limit: z.coerce.number().int().positive().max(10_000).default(LIST_LIMIT),
});

/** How far back is looked, as the commands do. */
export const daysQuery: z.ZodType<{ days: number }> = z.object({
  days: z.coerce.number().int().nonnegative().max(36_500).default(30),
});

/** `after`: the place in the log that the last answer ended at, in bytes. */
export const logQuery: z.ZodType<{ after: number }> = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
});

/** Without a word the open questions. */
export const approvalsQuery: z.ZodType<{ all: boolean }> = z
  .object({ state: z.enum(["asked", "all"]).default("asked") })
  .transform(({ state }) => ({ all: state === "all" }));

/** Parses the parameters of a request; unknown ones are passed over. */
export function parseQuery<T>(schema: z.ZodType<T>, given: Record<string, string>): Result<T, Failure> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const name = issue?.path.join(".") ?? "query";
  return fail({
    code: "usage",
    message: `The parameter ${name} has a value of the wrong kind.`,
    cause: issue?.message ?? "It could not be read.",
    hint: `Do this: correct or leave out ${name}.`,
    retry: "never",
  });
}
