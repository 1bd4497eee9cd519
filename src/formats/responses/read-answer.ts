import { numberAt, objectAt, stringAt, wholeOrNull } from "../../kit/json.ts";
import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";

/** What the end of one model response says. */
export interface AnswerEnd {
  readonly responseId: string | null;
  /** With its service tier where that has a price of its own. */
  readonly model: string | null;
  /** `null`: it says nothing that can be counted with. */
  readonly usage: TokenCounts | null;
  /** The provider says that the response failed. */
  readonly failed: boolean;
}

const ENDS = ["response.completed", "response.failed", "response.incomplete"];

/** Whether the text of a stream event can be an end: cheap, and never wrong about what is not one. */
export function mayEndResponse(text: string): boolean {
  return ENDS.some((type) => text.includes(`"${type}"`));
}

/** The end of a response as a stream tells it; `null` for every other event. */
export function endOfEvent(event: unknown): AnswerEnd | null {
  const type = stringAt(event, "type");
  if (type === null || !ENDS.includes(type)) return null;
  const response = objectAt(event, "response");
  return response === null
    ? { responseId: null, model: null, usage: null, failed: type === "response.failed" }
    : { ...endOfDocument(response), failed: type === "response.failed" };
}

/** A whole response, or a compaction, in one JSON document. */
export function endOfDocument(document: unknown): AnswerEnd {
  return {
    responseId: closedWord(stringAt(document, "id")),
    model: modelOf(document),
    usage: usageOf(objectAt(document, "usage")),
    failed: stringAt(document, "status") === "failed",
  };
}

/** Tiers that cost what the price table says. */
const PLAIN_TIERS = ["auto", "default", "standard"];

/**
 * The model of a request or response. A tier with a price of its own stands behind it, `gpt-5.5@priority`: the table has
 * no price for that name, so money is unknown unless a person adds one. Foreign text that is no name is `null`.
 */
export function modelOf(document: unknown): string | null {
  const model = closedWord(stringAt(document, "model"));
  const tier = closedWord(stringAt(document, "service_tier"));
  return model === null || tier === null || PLAIN_TIERS.includes(tier) ? model : `${model}@${tier}`;
}

/** Foreign text that can stand in a ledger row: a name or an id, nothing a secret or a sentence could hide in. */
export function closedWord(text: string | null): string | null {
  return text !== null && /^[\w.:/+-]{1,100}$/.test(text) ? text : null;
}

function usageOf(usage: Record<string, unknown> | null): TokenCounts | null {
  const input = count(usage, "input_tokens");
  const output = count(usage, "output_tokens");
  if (input === null || output === null) return null;
  const ofInput = objectAt(usage, "input_tokens_details");
  return {
    ...NO_TOKENS,
    input,
    // More cached than there was would make the rest cheaper than nothing.
    cachedInput: Math.min(input, count(ofInput, "cached_tokens") ?? 0),
    output,
    reasoning: count(objectAt(usage, "output_tokens_details"), "reasoning_tokens") ?? 0,
    total: Math.max(input + output, count(usage, "total_tokens") ?? 0),
  };
}

function count(value: unknown, key: string): number | null {
  const number = wholeOrNull(numberAt(value, key));
  return number === null || number < 0 ? null : number;
}
