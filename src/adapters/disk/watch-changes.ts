import { watch, type FSWatcher } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** File systems may lose a notice (network mounts, new folders): nothing waits longer than this for the next look. */
const NET_MS = 5_000;
/** A writer's burst is one change. */
const SETTLE_MS = 150;

/** Yields at once and then whenever something below `paths` may have changed, until the signal aborts. */
export async function* watchChanges(paths: readonly string[], signal: AbortSignal): AsyncGenerator<void> {
  const notices = new EventTarget();
  const watchers = paths.flatMap((path) => watcherOf(path, () => notices.dispatchEvent(new Event("change"))));
  try {
    while (!signal.aborted) {
      const changed = nextNotice(notices, signal);
      yield;
      await changed;
      await pause(SETTLE_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** What cannot be watched, because it is not there or may not be read, is left to the looks in between. */
function watcherOf(path: string, onChange: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(path, { recursive: true }, onChange);
    watcher.on("error", () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}

/** Subscribed before the look, so that what changes during it is not missed. */
async function nextNotice(notices: EventTarget, signal: AbortSignal): Promise<void> {
  const net = new AbortController();
  const either = AbortSignal.any([signal, net.signal]);
  const notice = new Promise<void>((resolve) =>
    notices.addEventListener("change", () => resolve(), { once: true, signal: either }),
  );
  await Promise.race([notice, pause(NET_MS, undefined, { signal: either }).catch(() => undefined)]);
  net.abort();
}
