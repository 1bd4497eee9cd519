import { storeFact } from "../store/facts/store-fact.ts";
import type { Reader } from "../store/store.ts";

/** Whether the store holds the recordings we ship instead of a person's own; it never holds both. */
export async function holdsSamples(reader: Reader): Promise<boolean> {
  return (await storeFact(reader, "sample")) === "1";
}
