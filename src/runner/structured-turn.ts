import { z } from "zod";
import { type Json, parseJson } from "../kit/json.ts";
import { clip } from "../kit/text.ts";
import type { AgentSession, TurnEnd } from "../ports/agent.ts";

/** A checked answer, or how its turn ended instead. */
export type StructuredEnd<T> =
  | { readonly kind: "answered"; readonly value: T }
  | Exclude<TurnEnd, { readonly kind: "completed" }>;

export interface StructuredAsk<T> {
  readonly input: string;
  /** Objects of it are closed and have no optional members: what may be missing is nullable. */
  readonly shape: z.ZodType<T>;
}

/**
 * A turn whose last message has to be JSON of a given shape. Nobody between the model and us checks that: an answer with
 * mistakes gets one more turn that lists them, and then the attempt has failed.
 */
export async function structuredTurn<T>(session: AgentSession, ask: StructuredAsk<T>): Promise<StructuredEnd<T>> {
  const first = await answer(session, ask);
  if (first.kind !== "wrong") return first;
  const second = await answer(session, { ...ask, input: repair(first.problems) });
  if (second.kind !== "wrong") return second;
  const detail = `The answer did not have the wanted shape, nor did its correction: ${second.problems.join("; ")}`;
  return { kind: "failed", failure: { code: "INVALID_OUTPUT", detail } };
}

type Answered<T> = StructuredEnd<T> | { readonly kind: "wrong"; readonly problems: readonly string[] };

async function answer<T>(session: AgentSession, { input, shape }: StructuredAsk<T>): Promise<Answered<T>> {
  const end = await session.turn(input, { schema: wireSchema(shape) });
  return end.kind === "completed" ? judged(end.lastMessage, shape) : end;
}

/** The problems of one answer, each with its place; at most as many as help. */
const MOST_PROBLEMS = 10;

function judged<T>(message: string | null, shape: z.ZodType<T>): Answered<T> {
  if (message === null) return { kind: "wrong", problems: ["there was no message"] };
  const value = parseJson(withoutFence(message));
  if (value === undefined) return { kind: "wrong", problems: ["the message is not JSON"] };
  const checked = shape.safeParse(value);
  if (checked.success) return { kind: "answered", value: checked.data };
  const problems = checked.error.issues.slice(0, MOST_PROBLEMS).map(problemOf);
  return { kind: "wrong", problems };
}

function problemOf({ path, message }: z.core.$ZodIssue): string {
  return clip(path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`, 300);
}

/** Models like to wrap JSON in a Markdown fence whatever they are told. */
function withoutFence(message: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(message)?.[1] ?? message;
}

function repair(problems: readonly string[]): string {
  const list = problems.map((problem) => `- ${problem}`).join("\n");
  return `Your last message did not have the wanted shape:\n${list}\nSay it again with these mended: only the JSON, nothing around it.`;
}

/** The shape as the strict JSON schema that goes over the wire. */
function wireSchema<T>(shape: z.ZodType<T>): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape);
  return z.json().parse(schema);
}
