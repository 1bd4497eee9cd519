import type { Clock } from "../kit/clock.ts";
import { instantOf } from "../model/time.ts";
import type { Host, RunLine } from "../ports/host.ts";

/** Characters of one text: the host redacts what it gets, and cuts it further. */
const LONGEST_TEXT = 32 * 1024;
/** Lines that wait for a slow host; what comes beyond is counted and not kept. */
const MOST_WAITING = 2_000;
const BATCH = 100;

/** What happens, told to the host in order and in the background. Telling never holds up the attempt, nor fails it. */
export class LiveLog {
  readonly #host: Host;
  readonly #clock: Clock;
  readonly #waiting: RunLine[] = [];
  #dropped = 0;
  #telling: Promise<void> | null = null;
  #isDeaf = false;

  constructor(host: Host, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  tell(event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    if (this.#isDeaf) return;
    if (this.#waiting.length >= MOST_WAITING) this.#dropped += 1;
    else this.#waiting.push(this.#line(event, facts));
    this.#telling ??= this.#work().finally(() => {
      this.#telling = null;
    });
  }

  /** Settles when all that was told so far has been handed over, or the host does not listen. */
  async flush(): Promise<void> {
    await this.#telling;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#isDeaf) {
      const lines = this.#waiting.splice(0, BATCH);
      if (this.#dropped > 0) lines.push(this.#line("dropped", { lines: this.#dropped }));
      this.#dropped = 0;
      const told = await this.#host.tell(lines);
      this.#isDeaf = !told.ok;
    }
  }

  #line(event: string, facts: Readonly<Record<string, unknown>>): RunLine {
    const bounded = Object.entries(facts).map(([name, value]) => [name, boundedFact(value)] as const);
    return { ...Object.fromEntries(bounded), at: instantOf(this.#clock.now()), event };
  }
}

function boundedFact(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, LONGEST_TEXT) : value;
}
