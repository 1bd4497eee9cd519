import type { CapScope, CapUnit } from "./cap.ts";
import type { AttemptId, LedgerId } from "./ids.ts";
import type { TokenCounts } from "./tokens.ts";

/** Who pays: what a gateway token stands for. */
export interface Payer {
  readonly attemptId: AttemptId;
  readonly fence: number;
}

/** A payer as its gateway token tells it. */
export interface TokenPayer extends Payer {
  /** The model of its order; `null`: the agent's own choice. */
  readonly model: string | null;
}

/** What a request asked for that the gateway never sends; a refused row of the ledger says which. */
export const FORBIDDEN = [
  "background",
  "store",
  "previous_response_id",
  "conversation",
  "prompt",
  "item_reference",
  "remote_file",
  "tool",
  "model",
  "service_tier",
] as const;
export type Forbidden = (typeof FORBIDDEN)[number];

/** What is known of a model request before it is sent. */
export interface RequestFacts {
  readonly model: string | null;
  /** `turn`, `compaction` or another closed word; `null` when the request does not say. */
  readonly requestKind: string | null;
  readonly threadId: string | null;
  /** Bytes of the request body, pictures counted flat: the input estimate comes from them. */
  readonly bodyBytes: number;
  /** The most output the request itself allows; `null` when it does not say. */
  readonly maxOutput: number | null;
}

export type Reservation =
  | { readonly kind: "reserved"; readonly id: LedgerId }
  /** `unit` and `scope` say which cap is spoken for. */
  | { readonly kind: "refused"; readonly unit: CapUnit; readonly scope: CapScope };

/**
 * Why a request has no usual end: `client_gone` the agent closed it · `disconnected` the provider closed it · `timeout`
 * the provider was silent · `unreachable` it never got the request · `http_error` it refused · `response_failed` it said
 * that the response failed · `no_usage` the answer ended well and said nothing of tokens · `gateway_closed` we stopped ·
 * `attempt_ended` the attempt was over before its answer.
 */
export const REQUEST_ERRORS = [
  "client_gone",
  "disconnected",
  "timeout",
  "unreachable",
  "http_error",
  "response_failed",
  "no_usage",
  "gateway_closed",
  "attempt_ended",
] as const;
export type RequestError = (typeof REQUEST_ERRORS)[number];

/** How a request ended. */
export interface Settlement {
  readonly responseId: string | null;
  /** `null`: the provider did not say. */
  readonly usage: TokenCounts | null;
  readonly model: string | null;
  /** HTTP status of the provider; `null` when there was none. */
  readonly status: number | null;
  /** `null`: fine. */
  readonly error: RequestError | null;
}

/** Ends that the provider does not bill when it names no usage; after every other one it may have. */
const UNBILLED: readonly RequestError[] = ["unreachable", "http_error", "response_failed"];

/**
 * Whether tokens may have been billed though nobody said how many. A stream that broke, was closed by the agent or fell
 * silent has been worked on: those tokens are counted as estimated, never dropped.
 */
export function mayBeBilled(settlement: Settlement): boolean {
  return settlement.usage === null && !UNBILLED.some((error) => error === settlement.error);
}
