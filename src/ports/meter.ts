/** What the model gateway asks of the ledger. The gateway knows neither caps nor prices nor policy. */
import type { AttemptId, LedgerId } from "../model/ids.ts";
import type { TokenCounts } from "../model/tokens.ts";

/** Who pays: what a gateway token stands for. */
export interface Payer {
  readonly attemptId: AttemptId;
  readonly fence: number;
}

export interface RequestFacts {
  readonly model: string | null;
  /** `turn`, `compaction` or another closed word; `null` when the request does not say. */
  readonly requestKind: string | null;
  readonly threadId: string | null;
  /** Bytes of the request body: the input estimate comes from them. */
  readonly bodyBytes: number;
  /** The most output the request itself allows; `null` when it does not say. */
  readonly maxOutput: number | null;
}

export type Reservation =
  | { readonly kind: "reserved"; readonly id: LedgerId }
  /** `unit` and `scope` say which cap is spoken for. */
  | { readonly kind: "refused"; readonly unit: string; readonly scope: string };

/** How a request ended. `usage` null: no response was billed, or the stream broke before it said so. */
export interface Settlement {
  readonly responseId: string | null;
  readonly usage: TokenCounts | null;
  readonly model: string | null;
  /** HTTP status of the provider; `null` when there was none. */
  readonly status: number | null;
  /** A closed word: `disconnected`, `timeout`, `client_gone`, `response_failed`, …; `null`: fine. */
  readonly error: string | null;
}

export interface Meter {
  /** `null`: the token is good for nothing (unknown, revoked, expired, of an ended attempt, of another use). */
  payer(token: string): Promise<Payer | null>;
  reserve(payer: Payer, facts: RequestFacts): Promise<Reservation>;
  /** Settling twice changes nothing. */
  settle(id: LedgerId, settlement: Settlement): Promise<void>;
}
