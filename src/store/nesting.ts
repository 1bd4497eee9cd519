import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Keeps a store's transactions from nesting. Inside a `read` or `write`, the `Reader` or `Tx` at hand sees what the
 * transaction sees; a second one would see another state, and on a full pool or a single connection wait for ever.
 */
export interface Nesting {
  /** Runs `act` as the only transaction of its async context; throws when there is one already. */
  alone<T>(name: "read" | "write", act: () => Promise<T>): Promise<T>;
}

export function makeNesting(): Nesting {
  const inside = new AsyncLocalStorage<{ readonly name: string; open: boolean }>();
  return {
    alone: async (name, act) => {
      const outer = inside.getStore();
      // Work that an act left behind unawaited still carries the act's context; it is closed, so it may begin anew.
      if (outer?.open === true)
        throw new Error(`store.${name} inside store.${outer.name}: pass the transaction on instead`);
      const place = { name, open: true };
      return inside.run(place, async () => {
        try {
          return await act();
        } finally {
          place.open = false;
        }
      });
    },
  };
}
