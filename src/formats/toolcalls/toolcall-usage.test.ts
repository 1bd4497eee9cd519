import { expect, test } from "vitest";
import { estimatedUsage, statedUsage } from "./toolcall-usage.ts";

const ALIASES: readonly (readonly [string, readonly string[]])[] = [
  ["input", ["inputTokens", "promptTokens", "prompt_tokens", "tokensIn", "input_tokens"]],
  ["output", ["outputTokens", "completionTokens", "completion_tokens", "tokensOut", "output_tokens"]],
  [
    "reasoning",
    [
      "reasoningTokens",
      "reasoning_tokens",
      "reasoningOutputTokens",
      "reasoning_output_tokens",
      "tokensReasoning",
      "reasoning",
    ],
  ],
  [
    "cacheRead",
    [
      "cacheReadTokens",
      "cache_read_tokens",
      "cachedInputTokens",
      "cached_input_tokens",
      "cachedTokensRead",
      "cacheRead",
    ],
  ],
  ["cacheWrite", ["cacheWriteTokens", "cache_write_tokens", "cachedTokensWrite", "cacheWrite"]],
  ["total", ["totalTokens", "total_tokens", "tokensTotal", "total"]],
];

test.each(ALIASES)("[TRC-4] every alias of %s is read", (count, names) => {
  for (const name of names) expect(statedUsage({ usage: { [name]: 7 } })).toMatchObject({ [count]: 7 });
});

test("[TRC-4] each count comes from the first place that has it", () => {
  const line = {
    usage: { inputTokens: 1 },
    tokenUsage: { inputTokens: 2, outputTokens: 2 },
    context: { usage: { reasoning: 3 }, tokenUsage: { reasoning: 4, cacheRead: 4 }, total: 6 },
    runtimeUsage: { cacheWrite: 5 },
    cacheWrite: 9,
  };
  expect(statedUsage(line)).toMatchObject({ input: 1, output: 2, reasoning: 3, cacheRead: 4, cacheWrite: 5, total: 6 });
});

test("[TRC-4] a missing total is input, output, reasoning and cache writes, not cache reads", () => {
  const usage = statedUsage({
    usage: { inputTokens: 100, outputTokens: 20, reasoningTokens: 3, cacheReadTokens: 70, cacheWriteTokens: 5 },
  });
  expect(usage?.total).toBe(128);
  expect(statedUsage({ usage: { cacheReadTokens: 70 } })?.total).toBeNull();
});

test("[TRC-4] what is no count says nothing", () => {
  expect(statedUsage({ usage: { inputTokens: null, outputTokens: "", reasoning: "much", total: -1 } })).toBeNull();
  expect(statedUsage({ usage: [1], context: null })).toBeNull();
});

test("[TRC-4] the estimate is the predecessor's to the token", () => {
  const counts = (ms: number): readonly (number | null)[] => {
    const usage = estimatedUsage(ms);
    return [usage?.input ?? null, usage?.output ?? null, usage?.reasoning ?? null, usage?.total ?? null];
  };
  expect(counts(1)).toEqual([10, 16, 6, 32]); // the minimum of 32
  expect(counts(1_000)).toEqual([14, 23, 8, 45]);
  expect(counts(10_000)).toEqual([144, 225, 81, 450]);
  expect(estimatedUsage(0)).toBeNull();
  expect(estimatedUsage(null)).toBeNull();
});
