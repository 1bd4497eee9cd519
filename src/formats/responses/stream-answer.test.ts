import fc from "fast-check";
import { expect, test } from "vitest";
import { DocumentAnswer } from "./document-answer.ts";
import { StreamAnswer } from "./stream-answer.ts";
import { closedWord, endOfDocument, modelOf } from "./read-answer.ts";

const USAGE = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };

function event(type: string, response: Record<string, unknown>, end: string = "\n"): string {
  return `event: ${type}${end}data: ${JSON.stringify({ type, response })}${end}${end}`;
}

function read(text: string, cuts: readonly number[] = [], limit?: number): ReturnType<StreamAnswer["seen"]> {
  const reader = new StreamAnswer(limit);
  const bytes = Buffer.from(text);
  let from = 0;
  for (const at of [...cuts.map((cut) => cut % bytes.length).toSorted((left, right) => left - right), bytes.length]) {
    reader.push(bytes.subarray(from, at));
    from = at;
  }
  reader.finish();
  return reader.seen();
}

const STREAM = [
  ": a comment\n\n",
  event("response.created", { id: "r-1" }),
  `data: ${JSON.stringify({ type: "response.output_text.delta", delta: 'say "response.completed" — grüß 𝄞' })}\n\n`,
  event("response.completed", { id: "r-1", model: "m", usage: USAGE }),
].join("");

test("[GWY-2] the end of a stream is found however its bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { maxLength: 30 }), (cuts) => {
      expect(read(STREAM, cuts)).toMatchObject({ responseId: "r-1", model: "m", failed: false, usage: { total: 15 } });
    }),
  );
});

test("[GWY-2] other line ends, data over several lines and a missing last line are read too", () => {
  expect(read(event("response.completed", { id: "r", usage: USAGE }, "\r\n"))?.usage?.total).toBe(15);
  const lines = `data: {"type":"response.completed",\ndata: "response":${JSON.stringify({ id: "r", usage: USAGE })}}`;
  expect(read(lines)?.usage?.total).toBe(15);
});

test("[GWY-2] text that only looks like an end is none", () => {
  expect(read(`data: {"type":"response.output_text.delta","delta":"\\"response.completed\\""}\n\n`)).toBeNull();
  expect(read(`data: {"type":"other","x":{"type":"response.completed"}}\n\n`)).toBeNull();
  expect(read(`event: response.completed\n\n`)).toBeNull();
  expect(read(`data: {"type":"response.completed", broken\n\n`)).toBeNull();
});

test("[GWY-2] an event larger than the limit passes unread, and the next one is read", () => {
  const huge = event("response.completed", { id: "huge", usage: USAGE, output: "x".repeat(500) });
  expect(read(huge, [], 400)).toBeNull();
  const small = event("response.completed", { id: "small", usage: USAGE });
  expect(read(huge + small, [], 400)?.responseId).toBe("small");
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { maxLength: 10 }), (cuts) => {
      expect(read(huge + small, cuts, 400)).toMatchObject({ responseId: "small", usage: { total: 15 } });
    }),
  );
});

test("[GWY-2] a document is read when it is whole, and not at all when it is too large", () => {
  const bytes = Buffer.from(JSON.stringify({ id: "r", model: "m", status: "failed", usage: USAGE }));
  for (const [limit, seen] of [
    [1000, { responseId: "r", failed: true, usage: { total: 15 } }],
    [20, null],
  ] as const) {
    const reader = new DocumentAnswer(limit);
    for (const byte of bytes) reader.push(Uint8Array.of(byte));
    expect(reader.seen()).toBeNull();
    reader.finish();
    if (seen === null) expect(reader.seen()).toBeNull();
    else expect(reader.seen()).toMatchObject(seen);
  }
});

test.each([
  [{}, null],
  [{ input_tokens: -1, output_tokens: 5 }, null],
  [{ input_tokens: 1.5, output_tokens: 5 }, null],
  [{ input_tokens: "10", output_tokens: 5 }, null],
  [{ input_tokens: 2 ** 60, output_tokens: 5 }, null],
  [{ input_tokens: 10, output_tokens: 5, total_tokens: 1 }, 15],
  [{ input_tokens: 10, output_tokens: 5, total_tokens: 40 }, 40],
] as const)("[GWY-2] usage %j counts %s tokens", (usage, total) => {
  expect(endOfDocument({ id: "r", usage }).usage?.total ?? null).toBe(total);
});

test("[GWY-2] more cached input than input does not make the rest free", () => {
  const usage = { ...USAGE, input_tokens_details: { cached_tokens: 99 } };
  expect(endOfDocument({ usage }).usage).toMatchObject({ input: 10, cachedInput: 10 });
});

test("[GWY-4] a tier with a price of its own is another name, so its money is unknown", () => {
  expect(modelOf({ model: "gpt-5.5" })).toBe("gpt-5.5");
  expect(modelOf({ model: "gpt-5.5", service_tier: "default" })).toBe("gpt-5.5");
  expect(modelOf({ model: "gpt-5.5", service_tier: "priority" })).toBe("gpt-5.5@priority");
  expect(modelOf({ service_tier: "priority" })).toBeNull();
});

test("[GWY-2] names that come from outside hold no sentence", () => {
  expect(closedWord("gpt-5.5")).toBe("gpt-5.5");
  expect(closedWord("a sentence")).toBeNull();
  expect(closedWord("x".repeat(101))).toBeNull();
  expect(closedWord("")).toBeNull();
});
