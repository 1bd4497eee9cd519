import { sealLog } from "../../loop/seal-log.ts";
import type { Failure } from "../../model/failure.ts";
import type { Holder, IsDead } from "../../model/holder.ts";
import type { Store } from "../../store/store.ts";
import { repeatedly } from "./repeatedly.ts";

export interface SealerOptions {
  readonly store: Store;
  readonly holder: Holder;
  readonly isDead: IsDead;
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly stop: AbortSignal;
  /** Hears of a failure that waiting helps against. */
  readonly waits: (failure: Failure) => void;
}

/** Seals what was appended while the server runs. */
export function runSealer({ store, holder, isDead, ...repetition }: SealerOptions): Promise<void> {
  return repeatedly(() => sealLog(store, { holder, isDead }), repetition);
}
