import type { AttemptFailureCode } from "../model/attempt-failure.ts";
import type { AttemptCaps } from "../model/cap.ts";
import type { Clock } from "../kit/clock.ts";
import { endingOf, type Ending } from "./ending.ts";

/** The caps that only a runner can watch; tokens, money and responses are the gateway's. */
export type WatchedCaps = Pick<AttemptCaps, "minutes" | "turns" | "toolCalls">;

/**
 * Counts turns, tool calls and time, and says when one is used up. Time that people take to answer does not count; the
 * clock never goes back, whatever the machine's date does.
 */
export class CapsWatch implements Disposable {
  readonly #caps: WatchedCaps;
  readonly #clock: Clock;
  readonly #hit: (ending: Ending) => void;
  /** Milliseconds that counted before the clock last started. */
  #used = 0;
  #since: number | null = null;
  #waits = 0;
  #timer: NodeJS.Timeout | null = null;
  #turns = 0;
  #toolCalls = 0;

  constructor(caps: WatchedCaps, clock: Clock, hit: (ending: Ending) => void) {
    this.#caps = caps;
    this.#clock = clock;
    this.#hit = hit;
    this.#run();
  }

  get turns(): number {
    return this.#turns;
  }

  get toolCalls(): number {
    return this.#toolCalls;
  }

  /** False when the turns are used up; else one more is counted. */
  takeTurn(): boolean {
    if (this.#turns >= this.#caps.turns) return false;
    this.#turns += 1;
    return true;
  }

  countToolCall(): void {
    this.#toolCalls += 1;
    if (this.#toolCalls > this.#caps.toolCalls)
      this.#hit(capped("CAP_TOOL_CALLS", `more than ${this.#caps.toolCalls} tool calls`));
  }

  /** Waits for a person: meanwhile the clock stands still. */
  async waiting<T>(answer: Promise<T>): Promise<T> {
    this.#waits += 1;
    this.#stop();
    try {
      return await answer;
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#run();
    }
  }

  [Symbol.dispose](): void {
    this.#waits = Number.POSITIVE_INFINITY;
    this.#stop();
  }

  #run(): void {
    this.#since = this.#clock.elapsed();
    const left = this.#caps.minutes * 60_000 - this.#used;
    this.#timer = setTimeout(() => this.#ring(), Math.max(0, left));
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#since !== null) this.#used += this.#clock.elapsed() - this.#since;
    this.#since = null;
  }

  #ring(): void {
    this.#hit(capped("CAP_MINUTES", `more than ${this.#caps.minutes} minutes`));
  }
}

function capped(code: AttemptFailureCode, what: string): Ending {
  return endingOf(code, `The attempt took ${what}.`);
}
