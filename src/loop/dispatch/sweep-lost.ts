import type { Attempt } from "../../model/attempt.ts";
import type { IsDead } from "../../model/holder.ts";
import type { Engine } from "../../ports/engine.ts";
import { openAttempts } from "../../store/attempts/open-attempts.ts";
import { sweepAttempts } from "../../store/attempts/sweep-attempts.ts";
import type { Store } from "../../store/store.ts";

export interface SweepWorld {
  readonly store: Store;
  readonly engine: Pick<Engine, "stop">;
  readonly isDead: IsDead;
}

/**
 * Ends attempts that nobody carries on, then makes sure that nothing of them runs. In this order: once the store has
 * ended them their fence is refused, so a runner that is only slow can no longer write while it is being ended.
 */
export async function sweepLost({ store, engine, isDead }: SweepWorld): Promise<readonly Attempt[]> {
  const open = await store.read(openAttempts);
  if (open.length === 0) return [];
  const swept = await store.write({ actor: "sweep" }, (tx) => sweepAttempts(tx, isDead));
  // A failure to stop is the engine's to tell; the runner ends itself when its host calls it stale.
  for (const { holder } of swept) if (holder !== null) await engine.stop(holder);
  return swept;
}
