import { expect, test } from "vitest";
import type { RequestFacts } from "../../model/model-request.ts";
import { requestDocument } from "./request-document.ts";
import { factsOf } from "./request-facts.ts";

function facts(document: unknown, metadata?: string): RequestFacts | null {
  const read = requestDocument(Buffer.from(JSON.stringify(document)));
  return read === null ? null : factsOf(read, metadata, "responses");
}

test("[GWY-2] what the agent says of a request is taken loosely, and its numbers never make it cheaper than nothing", () => {
  for (const metadata of ["", "{", "null", "[]", '{"thread_id":7}', '{"thread_id":"a b","request_kind":"{}"}']) {
    expect(facts({ model: "m" }, metadata)).toMatchObject({ threadId: null, requestKind: null });
  }
  for (const max of [0, -5, 1.5, "9", null]) {
    expect(facts({ model: "m", max_output_tokens: max })).toMatchObject({ maxOutput: null });
  }
  expect(facts({ model: { a: 1 } })).toMatchObject({ model: null });
});

const BASE64 = "A".repeat(1_000_000);
const PNG = `data:image/png;base64,${BASE64}`;

test.each([
  { where: "a message", item: (part: object) => ({ type: "message", role: "user", content: [part] }) },
  { where: "the output of a tool", item: (part: object) => ({ type: "function_call_output", output: [part] }) },
])("[GWY-3] a picture in $where counts flat, not by its bytes, and more in its original size", ({ item }) => {
  const document = (part: object): object => ({ model: "m", input: [item({ type: "input_image", ...part })] });
  const usual = document({ image_url: PNG });
  expect(facts(usual)?.bodyBytes).toBe(JSON.stringify(usual).length - PNG.length + 8192);
  const original = document({ image_url: PNG, detail: "original" });
  expect(facts(original)?.bodyBytes).toBe(JSON.stringify(original).length - PNG.length + 30_720);
});

test.each([
  ["text of a message", { input: [{ role: "user", content: [{ type: "input_text", text: PNG }] }] }],
  ["text as the whole input", { input: PNG }],
  ["the output of a tool as text", { input: [{ type: "function_call_output", output: PNG }] }],
  ["instructions", { instructions: PNG }],
  ["a picture's text beside it", { input: [{ content: [{ type: "input_image", image_url: "", text: PNG }] }] }],
  [
    "the name of a picture in a text part",
    { input: [{ content: [{ type: "input_text", text: "", image_url: PNG }] }] },
  ],
  [
    "an example in a schema",
    { tools: [{ type: "function", parameters: { content: [{ type: "input_image", image_url: PNG }] } }] },
  ],
  [
    "a picture that is text",
    { input: [{ content: [{ type: "input_image", image_url: `data:image/png;base64,hello ${BASE64}` }] }] },
  ],
  [
    "a picture without base64",
    { input: [{ content: [{ type: "input_image", image_url: `data:image/svg+xml,${BASE64}` }] }] },
  ],
  [
    "a file, which is text to the model",
    { input: [{ content: [{ type: "input_file", file_data: `data:text/plain;base64,${BASE64}` }] }] },
  ],
])("[GWY-3] what begins with data: counts by its bytes as %s", (_where, members) => {
  const document = { model: "m", ...members };
  expect(facts(document)?.bodyBytes).toBe(JSON.stringify(document).length);
});

test("[GWY-3] a body nested too deeply to be written anew is not taken, and one of thousands is measured", () => {
  const nested = (depth: number): Buffer =>
    Buffer.from(`{"model":"m","input":${"[".repeat(depth)}${"]".repeat(depth)}}`);
  expect(requestDocument(nested(100_000))).toBeNull();
  expect(requestDocument(nested(1000))?.bytes).toHaveLength(nested(1000).length);
});

test("[GWY-3] a member that stands twice is sent once, as it was read", () => {
  const read = requestDocument(Buffer.from('{"model":"cheap", "model":"dear"}'));
  expect(read?.bytes.toString()).toBe('{"model":"dear"}');
});
