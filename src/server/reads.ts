import { learnedReport } from "../views/report.ts";
import { searchRows } from "../views/search.ts";
import { sessionDetail } from "../views/session.ts";
import { sessionRows } from "../views/sessions.ts";
import { signalRows } from "../views/signals.ts";
import { storedUsage } from "../views/stored-usage.ts";
import type { Clock } from "../kit/clock.ts";
import type { Store } from "../store/store.ts";
import type { Reads } from "./api.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";

export interface ReadsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly minimumN: number;
  readonly priceOf: PriceOf;
}

const SEARCH_LIMIT = 50;

/** The views over one store, as the API wants them. */
export function readsOf({ store, clock, minimumN, priceOf }: ReadsOptions): Reads {
  return {
    sessions: ({ limit }) => store.read((reader) => sessionRows(reader, { now: clock.now(), limit })),
    session: (id) => store.read((reader) => sessionDetail(reader, { id, now: clock.now() })),
    signals: (query) => store.read((reader) => signalRows(reader, query)),
    report: () => store.read((reader) => learnedReport(reader, { now: clock.now(), minimumN })),
    usage: (query) => store.read((reader) => storedUsage(reader, { ...query, priceOf })),
    search: (text) => store.read((reader) => searchRows(reader, { text, limit: SEARCH_LIMIT })),
  };
}
