import type { Output, Stream } from "./output.ts";

/** Lines at the end of the terminal that are drawn anew in place. Where nobody watches, nothing is drawn: the news say it. */
export class LiveBlock {
  readonly #stream: Stream;
  readonly #isDrawn: boolean;
  #lines = 0;

  constructor(output: Output, stream: Stream) {
    this.#stream = stream;
    this.#isDrawn = stream.isTTY === true && !output.quiet;
  }

  draw(lines: readonly string[]): void {
    if (!this.#isDrawn) return;
    this.clear();
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(lines.map((line) => `${line.slice(0, width)}\n`).join(""));
    this.#lines = lines.length;
  }

  /** Takes them away, so that what is said next stands in their place. */
  clear(): void {
    if (this.#lines > 0) this.#stream.write(`\u001B[${this.#lines}A\u001B[J`);
    this.#lines = 0;
  }
}
