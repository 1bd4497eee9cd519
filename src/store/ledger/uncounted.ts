/** What a ledger row says of tokens and money before it is settled: nothing is known, which is not zero. */
export const UNCOUNTED = {
  input: null,
  cached_input: null,
  output: null,
  reasoning: null,
  total: null,
  usd: null,
} as const;
