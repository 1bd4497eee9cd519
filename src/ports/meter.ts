/** What the model gateway asks of the ledger. The gateway knows neither caps nor prices nor policy. */
import type { LedgerId } from "../model/ids.ts";
import type { Payer, RequestFacts, Reservation, Settlement } from "../model/model-request.ts";

export interface Meter {
  /** `null`: the token is good for nothing (unknown, revoked, expired, of an ended attempt, of another use). */
  payer(token: string): Promise<Payer | null>;
  reserve(payer: Payer, facts: RequestFacts): Promise<Reservation>;
  /** Settling twice changes nothing. */
  settle(id: LedgerId, settlement: Settlement): Promise<void>;
}
