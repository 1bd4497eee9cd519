import { expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "../kit/json.ts";
import type { AgentSession, TurnEnd } from "../ports/agent.ts";
import { structuredTurn } from "./structured-turn.ts";

const SHAPE = z.strictObject({ title: z.string(), steps: z.array(z.string()).min(1) });
const GOOD = { title: "Mend add", steps: ["turn the sign"] };

/** A session that ends its turns one after the other in given ways. */
function sessionOf(ends: readonly TurnEnd[]): AgentSession & { readonly turns: { input: string; schema?: Json }[] } {
  const turns: { input: string; schema?: Json }[] = [];
  return {
    turns,
    sessionId: null,
    turn: (input, options) => {
      turns.push({ input, ...options });
      return Promise.resolve(ends[turns.length - 1] ?? { kind: "interrupted" });
    },
    interrupt: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function said(message: string | null): TurnEnd {
  return { kind: "completed", lastMessage: message };
}

const ask = { input: "Plan it.", shape: SHAPE };

test("[RUN-10] an answer of the wanted shape needs one turn, and the schema that travels is closed and complete", async () => {
  const session = sessionOf([said(JSON.stringify(GOOD))]);
  expect(await structuredTurn(session, ask)).toEqual({ kind: "answered", value: GOOD });
  expect(session.turns).toMatchObject([
    { input: "Plan it.", schema: { type: "object", required: ["title", "steps"], additionalProperties: false } },
  ]);
});

test("[RUN-10] JSON in a Markdown fence is JSON", async () => {
  const session = sessionOf([said(`\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`\n`)]);
  expect(await structuredTurn(session, ask)).toEqual({ kind: "answered", value: GOOD });
});

test.each([
  ["no JSON", "Sure! Here is the plan.", "the message is not JSON"],
  ["no message", null, "there was no message"],
  ["a wrong member", '{"title":3,"steps":["a"]}', "title: "],
  ["a missing member", '{"title":"a"}', "steps: "],
  ["a member too many", '{"title":"a","steps":["b"],"extra":1}', "extra"],
])("[RUN-10] %s gets one repair turn that lists the problems", async (_, first, problem) => {
  const session = sessionOf([said(first), said(JSON.stringify(GOOD))]);
  expect(await structuredTurn(session, ask)).toEqual({ kind: "answered", value: GOOD });
  expect(session.turns).toHaveLength(2);
  expect(session.turns[1]?.input).toContain(problem);
  expect(session.turns[1]?.schema).toEqual(session.turns[0]?.schema);
});

test("[RUN-10] a second wrong answer fails the attempt and names the problems", async () => {
  const session = sessionOf([said("no"), said('{"title":"a","steps":[]}'), said(JSON.stringify(GOOD))]);
  const end = await structuredTurn(session, ask);
  expect(end).toMatchObject({ kind: "failed", failure: { code: "INVALID_OUTPUT" } });
  expect(end.kind === "failed" && end.failure.detail).toContain("steps: ");
  expect(session.turns).toHaveLength(2);
});

test.each([
  [[{ kind: "interrupted" }], "interrupted"],
  [[said("no"), { kind: "failed", failure: { code: "PROVIDER_QUOTA", detail: "empty" } }], "failed"],
] as const)("[RUN-10] a turn that did not complete is passed on", async (ends, kind) => {
  expect((await structuredTurn(sessionOf(ends), ask)).kind).toBe(kind);
});
