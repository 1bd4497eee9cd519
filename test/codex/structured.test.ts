import { expect, test } from "vitest";
import { z } from "zod";
import { structuredTurn } from "../../src/runner/structured-turn.ts";
import { says, saysJson } from "../fakes/model-server/turns.ts";
import { openAttempt } from "./codex-attempt.ts";

const shape = z.strictObject({ title: z.string(), steps: z.array(z.string()) });

test("[RUN-10] Codex passes the schema on strictly and does not check the answer: a malformed plan is repaired by one turn", async () => {
  await using attempt = await openAttempt([
    says("Here is my plan: first …"),
    saysJson({ title: "Mend add", steps: ["turn the sign"] }, { saw: ["the message is not JSON"] }),
  ]);
  const end = await structuredTurn(attempt.session, { input: "Plan.", shape });
  expect(end).toEqual({ kind: "answered", value: { title: "Mend add", steps: ["turn the sign"] } });
  const format = {
    type: "json_schema",
    strict: true,
    schema: { required: ["title", "steps"], additionalProperties: false },
  };
  expect(attempt.model.requests.map(({ body }) => body)).toMatchObject([{ text: { format } }, { text: { format } }]);
});

test("[RUN-10] a plan that stays malformed is refused after its one repair", async () => {
  await using attempt = await openAttempt([says("no"), saysJson({ title: 1 })]);
  const end = await structuredTurn(attempt.session, { input: "Plan.", shape });
  expect(end).toMatchObject({ kind: "failed", failure: { code: "INVALID_OUTPUT" } });
});
