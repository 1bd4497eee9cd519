import { expect, test } from "vitest";
import { factsOf } from "./request-facts.ts";

const facts = (document: unknown, metadata?: string): ReturnType<typeof factsOf> =>
  factsOf(Buffer.from(JSON.stringify(document)), metadata, "responses");

test("[GWY-2] what the agent says of a request is taken loosely, and its numbers never make it cheaper than nothing", () => {
  for (const metadata of ["", "{", "null", "[]", '{"thread_id":7}', '{"thread_id":"a b","request_kind":"{}"}']) {
    expect(facts({ model: "m" }, metadata)).toMatchObject({ threadId: null, requestKind: null });
  }
  for (const max of [0, -5, 1.5, "9", null]) {
    expect(facts({ model: "m", max_output_tokens: max })).toMatchObject({ maxOutput: null });
  }
  expect(facts({ model: { a: 1 } })).toMatchObject({ model: null });
});

test("[GWY-3] a picture in the request counts flat, not by its bytes; text counts by its bytes", () => {
  const image = `data:image/png;base64,${"A".repeat(1_000_000)}`;
  const document = { model: "m", input: [{ content: [{ type: "input_image", image_url: image }] }] };
  const rest = JSON.stringify(document).length - image.length;
  expect(facts(document)).toMatchObject({ bodyBytes: rest + 8192 });
  const text = { model: "m", input: `see data:image/png;base64,${"A".repeat(100_000)}` };
  expect(facts(text)).toMatchObject({ bodyBytes: JSON.stringify(text).length });
});

test("[GWY-3] a body nested a hundred thousand deep is measured like any other", () => {
  const body = Buffer.from(`{"model":"m","input":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
  expect(factsOf(body, undefined, "responses")).toMatchObject({ model: "m", bodyBytes: body.length });
});
