import type { Redacted } from "../../../model/redacted.ts";
import type { SignalDetector } from "../../../model/signal.ts";
import type { Message } from "../../../model/trace.ts";
import type { Said } from "./said.ts";

/** What only a reader of the words can tell. */
export type Heard = "escalation_tone" | "positive_feedback" | "repeated_rephrasing";

/** One message in which something was heard. */
export interface Hearing {
  readonly message: Message;
  /** Why, in closed words; never what the person said. */
  readonly why: Redacted;
}

/**
 * Judges what people said. `wordJudge` goes by words; a language model's verdicts, asked for before signals are
 * computed, come in through the same door with `detector: "model"`.
 */
export interface TextJudge {
  readonly detector: Exclude<SignalDetector, "mechanical">;
  /** Counts up when the same words may be judged differently. */
  readonly version: number;
  hear(what: Heard, said: readonly Said[]): readonly Hearing[];
}
