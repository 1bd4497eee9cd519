/**
 * One event stream per visible tab. A browser allows six connections to one server, so a hidden tab lets its stream go and
 * reads everything anew when it is looked at again; within a stream the browser resumes by `Last-Event-ID` itself.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { ViewName } from "./queries.ts";
import { STALE_VIEWS } from "./stale-views.ts";

export type LiveState = "connecting" | "live" | "lost";

/** Events come in bursts; views are read anew once per burst of this many milliseconds. */
const BURST_MS = 150;
/** How long after a refusal the stream is asked for again. */
const REFUSED_MS = 3000;

/** Follows `/live` and marks what each event makes stale. */
export class LiveStream {
  readonly #client: QueryClient;
  readonly #listeners = new Set<() => void>();
  readonly #stale = new Set<ViewName>();
  #source: EventSource | null = null;
  #timer: number | null = null;
  #state: LiveState = "connecting";

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Starts, for as long as the page is open. */
  follow(): void {
    document.addEventListener("visibilitychange", () => {
      this.#open();
      if (!document.hidden) void this.#client.invalidateQueries();
    });
    this.#open();
  }

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  #open(): void {
    this.#source?.close();
    this.#source = null;
    if (document.hidden) return;
    const source = new EventSource("live");
    this.#source = source;
    source.addEventListener("hello", () => this.#connected());
    source.addEventListener("error", () => this.#lost(source));
    for (const [type, views] of Object.entries(STALE_VIEWS)) source.addEventListener(type, () => this.#mark(views));
  }

  #connected(): void {
    // What happened while the server was away may be older than where the stream resumes.
    if (this.#state === "lost") void this.#client.invalidateQueries();
    this.#become("live");
  }

  /** A dropped connection is resumed by the browser; a refused one is given up, and asked for again by us. */
  #lost(source: EventSource): void {
    this.#become("lost");
    if (source.readyState === EventSource.CLOSED && source === this.#source)
      window.setTimeout(() => this.#open(), REFUSED_MS);
  }

  #mark(views: readonly ViewName[]): void {
    for (const name of views) this.#stale.add(name);
    if (this.#timer === null) this.#timer = window.setTimeout(() => this.#readAnew(), BURST_MS);
  }

  #readAnew(): void {
    this.#timer = null;
    for (const name of this.#stale) void this.#client.invalidateQueries({ queryKey: [name] });
    this.#stale.clear();
  }

  #become(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export function useLiveState(stream: LiveStream): LiveState {
  return useSyncExternalStore(stream.subscribe, stream.state);
}
