import { isDead, ownHolder } from "../adapters/process/processes.ts";
import type { Holder, IsDead } from "../model/holder.ts";

/** Who this process is to leases and jobs, and how it tells that another one is gone. */
export const thisProcess: { readonly holder: Holder; readonly isDead: IsDead } = { holder: ownHolder(), isDead };
