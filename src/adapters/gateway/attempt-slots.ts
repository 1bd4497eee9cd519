import type { AttemptId } from "../../model/ids.ts";

/**
 * Requests of one attempt under way at once. Codex runs six sub-agents beside its main thread, and each asks one thing at
 * a time. An answer may be longer than was reserved for it: this bounds by how many answers a cap can be passed.
 */
export const IN_FLIGHT = 8;
/** Milliseconds a request waits for one of them to end. Nothing of its body is read meanwhile. */
export const SLOT_WAIT_MS = 20_000;

export interface SlotLimits {
  readonly inFlight: number;
  readonly waitMs: number;
}

export const SLOT_LIMITS: SlotLimits = { inFlight: IN_FLIGHT, waitMs: SLOT_WAIT_MS };

interface Slots {
  used: number;
  readonly waiting: Set<() => void>;
}

/** Lets so many requests of an attempt pass at once; the others wait in the order they came. */
export class AttemptSlots {
  readonly #limits: SlotLimits;
  readonly #slots = new Map<AttemptId, Slots>();

  constructor(limits: SlotLimits) {
    this.#limits = limits;
  }

  /** A slot to dispose of, or `null` when none came free in time. */
  async take(attempt: AttemptId): Promise<Disposable | null> {
    const slots = this.#slots.get(attempt) ?? { used: 0, waiting: new Set() };
    this.#slots.set(attempt, slots);
    if (slots.used < this.#limits.inFlight) slots.used += 1;
    else if (!(await this.#wait(slots))) return null;
    return { [Symbol.dispose]: () => this.#free(attempt, slots) };
  }

  #wait({ waiting }: Slots): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const given = (): void => end(true);
    const timer = setTimeout(() => end(false), this.#limits.waitMs);
    const end = (isGiven: boolean): void => {
      clearTimeout(timer);
      waiting.delete(given);
      resolve(isGiven);
    };
    waiting.add(given);
    return promise;
  }

  /** The slot goes to who has waited longest; else it is free. */
  #free(attempt: AttemptId, slots: Slots): void {
    const [next] = slots.waiting;
    if (next !== undefined) return next();
    slots.used -= 1;
    if (slots.used === 0) this.#slots.delete(attempt);
  }
}
