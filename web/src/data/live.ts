/**
 * One event stream per visible tab. A browser allows six connections to one server, so a hidden tab lets its stream go and
 * reads everything anew when it is looked at again; within a stream the browser resumes by `Last-Event-ID` itself.
 */
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { ViewName } from "./queries.ts";
import { STALE_VIEWS } from "./stale-views.ts";

export type LiveState = "connecting" | "live" | "lost";

export interface LiveStream {
  readonly state: () => LiveState;
  readonly subscribe: (changed: () => void) => () => void;
}

/** Events come in bursts; views are read anew once per burst of this many milliseconds. */
const BURST_MS = 150;

/** Follows `/live` for as long as the page is open and marks what each event makes stale. */
export function followEvents(client: QueryClient): LiveStream {
  const listeners = new Set<() => void>();
  const stale = new Set<ViewName>();
  let state: LiveState = "connecting";
  let source: EventSource | null = null;
  let timer: number | null = null;

  const become = (next: LiveState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const flush = (): void => {
    timer = null;
    for (const name of stale) void client.invalidateQueries({ queryKey: [name] });
    stale.clear();
  };
  const open = (): void => {
    source = new EventSource("live");
    source.addEventListener("hello", () => {
      if (state === "lost") void client.invalidateQueries();
      become("live");
    });
    source.addEventListener("error", () => become("lost"));
    for (const [type, views] of Object.entries(STALE_VIEWS)) {
      source.addEventListener(type, () => {
        for (const name of views) stale.add(name);
        timer ??= window.setTimeout(flush, BURST_MS);
      });
    }
  };
  document.addEventListener("visibilitychange", () => {
    source?.close();
    source = null;
    if (document.hidden) return;
    open();
    void client.invalidateQueries();
  });
  open();
  return {
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

export function useLiveState(stream: LiveStream): LiveState {
  return useSyncExternalStore(stream.subscribe, stream.state);
}
