import type { EventType } from "../../../src/model/event.ts";
import type { ViewName } from "./queries.ts";

const EVERYTHING: readonly ViewName[] = ["ready", "report", "sessions", "session", "signals", "usage", "search"];

/** Which views an event makes stale; the types that are not listed change nothing this page shows. */
export const STALE_VIEWS: { readonly [Type in EventType]?: readonly ViewName[] } = {
  "traces.ingested": ["ready", "report", "sessions", "session", "usage", "search"],
  "signals.computed": ["report", "sessions", "session", "signals"],
  "daily.finished": ["report"],
  "store.pruned": EVERYTHING,
};
