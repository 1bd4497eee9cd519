import { sealLog } from "../../loop/seal-log.ts";
import type { Holder, IsDead } from "../../model/holder.ts";
import type { Store } from "../../store/store.ts";
import { repeatedly, type Repetition } from "./repeatedly.ts";

export interface SealerOptions extends Omit<Repetition, "role"> {
  readonly store: Store;
  readonly holder: Holder;
  readonly isDead: IsDead;
}

/** Seals what was appended while the server runs. */
export function runSealer({ store, holder, isDead, ...repetition }: SealerOptions): Promise<void> {
  return repeatedly(() => sealLog(store, { holder, isDead }), { ...repetition, role: "sealer" });
}
