/** What the model gateway asks of the ledger. The gateway knows neither caps nor prices nor policy. */
import type { LedgerId } from "../model/ids.ts";
import type { Forbidden, Payer, RequestFacts, Reservation, Settlement, TokenPayer } from "../model/model-request.ts";

export interface Meter {
  /** `null`: the token is good for nothing (unknown, revoked, expired, of an ended attempt, of another use). */
  payer(token: string): Promise<TokenPayer | null>;
  /** Whether money can be counted for a model. */
  isPriced(model: string): boolean;
  /** Writes down a request that was not sent because of what it asks for. */
  forbid(payer: Payer, facts: RequestFacts, what: Forbidden): Promise<void>;
  reserve(payer: Payer, facts: RequestFacts): Promise<Reservation>;
  /** Settling twice changes nothing. */
  settle(id: LedgerId, settlement: Settlement): Promise<void>;
}
