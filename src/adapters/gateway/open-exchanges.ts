import type { AttemptId } from "../../model/ids.ts";
import type { Exchange } from "./exchange.ts";

/** The exchanges that are not settled yet, by attempt. */
export class OpenExchanges {
  readonly #open = new Map<AttemptId, Set<Exchange>>();

  add(attempt: AttemptId, exchange: Exchange): void {
    const all = this.#open.get(attempt) ?? new Set();
    this.#open.set(attempt, all.add(exchange));
  }

  remove(attempt: AttemptId, exchange: Exchange): void {
    const all = this.#open.get(attempt);
    all?.delete(exchange);
    if (all?.size === 0) this.#open.delete(attempt);
  }

  /**
   * Settles what the provider has answered whole. An agent asks again as soon as it has read the end of an answer, often
   * before the connection is closed: without this its next request would be held against the reservation of the last.
   */
  async settleAnswered(attempt: AttemptId): Promise<void> {
    const answered = [...(this.#open.get(attempt) ?? [])].filter((exchange) => exchange.answered);
    await Promise.all(answered.map((exchange) => exchange.settle(null)));
  }

  breakOffAll(): void {
    for (const all of this.#open.values()) for (const exchange of all) exchange.breakOff("gateway_closed");
  }
}
