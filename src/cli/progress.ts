import type { Clock } from "../kit/clock.ts";
import type { Output, Stream } from "./output.ts";

/** Nothing is shown for work that ends within this time. */
const QUIET_MS = 1_000;
const REDRAW_MS = 200;
const MEGABYTE = 1_000_000;

/** One live line on stderr: how much is done, how fast, and how long it will still take. */
export class Progress {
  readonly #stream: Stream;
  readonly #clock: Clock;
  readonly #silent: boolean;
  readonly #start: number;
  #drawnAt = 0;
  #drawn = false;

  constructor(output: Output, { stream, clock }: { readonly stream: Stream; readonly clock: Clock }) {
    this.#stream = stream;
    this.#clock = clock;
    this.#silent = output.quiet;
    this.#start = clock.elapsed();
  }

  /** `done` and `total` in bytes. On a terminal the line is redrawn in place; in a log it is written every few seconds. */
  bytes(done: number, total: number): void {
    const elapsed = this.#clock.elapsed() - this.#start;
    const pause = this.#stream.isTTY === true ? REDRAW_MS : 5_000;
    if (this.#silent || elapsed < QUIET_MS || elapsed - this.#drawnAt < pause) return;
    this.#drawnAt = elapsed;
    this.#drawn = true;
    this.#write(line(done, total, elapsed));
  }

  /** Takes the live line away, so that the answer stands alone. */
  end(): void {
    if (this.#drawn && this.#stream.isTTY === true) this.#stream.write("\r\u001B[2K");
  }

  #write(text: string): void {
    this.#stream.write(this.#stream.isTTY === true ? `\r\u001B[2K${text}` : `${text}\n`);
  }
}

function line(done: number, total: number, elapsedMs: number): string {
  const rate = done / Math.max(1, elapsedMs) / 1000;
  const left = rate > 0 ? Math.ceil((total - done) / MEGABYTE / rate) : 0;
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return `${percent} %  ${(done / MEGABYTE).toFixed(0)} of ${(total / MEGABYTE).toFixed(0)} MB  ${rate.toFixed(0)} MB/s  ${left} s left`;
}
