import type { Store } from "../store/store.ts";
import type { Pulse } from "../server/pulse.ts";

/** The store, with a beat after every write of this process: whoever waits for the log to grow need not look for it. */
export function heardStore(store: Store, pulse: Pulse): Store {
  return {
    kind: store.kind,
    address: store.address,
    read: (act) => store.read(act),
    write: async (stamp, act, options) => {
      const written = await store.write(stamp, act, options);
      pulse.beat();
      return written;
    },
    backup: (path) => store.backup(path),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
