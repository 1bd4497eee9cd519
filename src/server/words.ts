import type { Context } from "hono";
import { z } from "zod";
import { parseJson } from "../kit/json.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";

/** What a person says with a decision; `answers` by question id. */
export interface OperatorWords {
  readonly reason: string | null;
  readonly answers: Readonly<Record<string, string>> | null;
}

/** Characters of a reason; longer ones are no reason but a text. */
const LONGEST = 2_000;

const BODY = z.object({
  reason: z.string().max(LONGEST).nullable().default(null),
  answers: z.record(z.string().max(200), z.string().max(LONGEST)).nullable().default(null),
});

/** What the body of a decision says; an empty body says nothing, which is a yes without words. */
export async function wordsOf(context: Context): Promise<Result<OperatorWords, Failure>> {
  const text = await context.req.text();
  if (text === "") return ok({ reason: null, answers: null });
  const parsed = BODY.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : fail(UNREADABLE);
}

const UNREADABLE: Failure = {
  code: "usage",
  message: "The body of the request could not be read.",
  cause: `It takes a JSON object with \`reason\` (text of at most ${LONGEST} characters) and \`answers\` (texts by question).`,
  hint: 'Do this: send {"reason": "…"} with content-type application/json.',
  retry: "never",
};
