import { sealLog } from "../loop/seal-log.ts";
import type { Store } from "../store/store.ts";
import { thisProcess } from "./this-process.ts";

/** What a command that wrote events does before it ends: seals them, unless a server holds the sealer's role. */
export async function sealWritten(store: Store): Promise<void> {
  await sealLog(store, thisProcess);
}
