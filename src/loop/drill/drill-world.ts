import type { Settings } from "../../config/options.ts";
import type { Clock } from "../../kit/clock.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { IdeaId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Store } from "../../store/store.ts";

/** The runner's own watch over an attempt. */
export interface Watch extends Disposable {
  takeTurn(): boolean;
  countToolCall(): void;
}

export interface WatchedCaps {
  readonly minutes: number;
  readonly turns: number;
  readonly toolCalls: number;
}

/** A scratch store, and the doors of the product as they are, working on it. */
export interface DrillWorld {
  readonly store: Store;
  readonly clock: Clock & { advance(ms: number): void };
  readonly redact: (text: string) => Redacted;
  /** Looks at the ready tasks of one idea and claims what may run, under these settings. */
  readonly dispatch: (only: IdeaId, settings?: Partial<Settings>) => Promise<readonly Attempt[]>;
  /** The runner's watch; `hit` hears of a cap that is used up. */
  readonly watch: (caps: WatchedCaps, hit: (code: AttemptFailureCode) => void) => Watch;
  /** Whether the host listener's desk takes this caller. */
  readonly isAdmitted: (caller: { readonly attempt: Attempt; readonly token: string }) => Promise<boolean>;
}

/** Provokes one guard for real; true when what it guards against was held back. */
export type Drill = (world: DrillWorld) => Promise<boolean>;

export const STAMP = { actor: "drill" } as const;
