import type { SessionId, SignalId } from "./ids.ts";
import type { MicroDollars } from "./money.ts";
import type { SignalCategory } from "./signal.ts";

/** `recovered`: the command family succeeded again · `turn_ended`: it never did before the turn was over. */
export type CostEnding = "recovered" | "turn_ended";

/** What one stretch between a failure and its recovery cost. Measured numbers only. */
export interface FrictionCost {
  /** The signal that opened the stretch. */
  readonly signalId: SignalId;
  readonly sessionId: SessionId;
  readonly category: SignalCategory;
  readonly family: string;
  readonly endedBy: CostEnding;
  readonly tokens: number;
  /** Milliseconds of the agent's working time. */
  readonly durationMs: number;
  /** `null` when the price of one of its responses is unknown. */
  readonly microDollars: MicroDollars | null;
  /** Model responses charged to the stretch. */
  readonly responses: number;
  /** `seq` of the failure and of the line that ended the stretch: after `fromLine`, up to and including `toLine`. */
  readonly fromLine: number;
  readonly toLine: number;
}
