import type { AttemptId } from "../../model/ids.ts";
import type { Caller } from "../../ports/desk.ts";

/** What a desk remembers of one attempt while it goes on. A desk that is new to an attempt has nothing to remember. */
export interface Remembered {
  /** Lines of the live log that were told; `null`: not looked at yet. */
  told: number | null;
  logBytes: number;
}

/** More than runners that may say their last word again. */
const MOST_FINISHED = 100;

export class DeskMemory {
  readonly #attempts: Map<AttemptId, Remembered> = new Map();
  readonly #finished: string[] = [];

  of(id: AttemptId): Remembered {
    const known = this.#attempts.get(id);
    if (known !== undefined) return known;
    const fresh: Remembered = { told: null, logBytes: 0 };
    this.#attempts.set(id, fresh);
    return fresh;
  }

  /** The attempt has ended by this caller's last word. */
  finish({ attemptId, fence, token }: Caller): void {
    this.#attempts.delete(attemptId);
    this.#finished.push(`${attemptId}/${fence}/${token}`);
    if (this.#finished.length > MOST_FINISHED) this.#finished.shift();
  }

  hasFinished({ attemptId, fence, token }: Caller): boolean {
    return this.#finished.includes(`${attemptId}/${fence}/${token}`);
  }
}
