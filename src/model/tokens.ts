import type { Provenance } from "./provenance.ts";

/** Token counts of one or more model responses. `input` includes `cachedInput`; `output` includes `reasoning`. */
export interface TokenCounts {
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWriteInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly total: number;
}

/** A total with the word that says how far it can be trusted; `null` counts mean the recording has none. */
export interface TokenTotal extends TokenCounts {
  readonly provenance: Provenance;
}

export const NO_TOKENS: TokenCounts = {
  input: 0,
  cachedInput: 0,
  cacheWriteInput: 0,
  output: 0,
  reasoning: 0,
  total: 0,
};

export function addTokens(left: TokenCounts, right: TokenCounts): TokenCounts {
  return {
    input: left.input + right.input,
    cachedInput: left.cachedInput + right.cachedInput,
    cacheWriteInput: left.cacheWriteInput + right.cacheWriteInput,
    output: left.output + right.output,
    reasoning: left.reasoning + right.reasoning,
    total: left.total + right.total,
  };
}
