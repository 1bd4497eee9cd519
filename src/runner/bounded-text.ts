import { LONGEST_SECRET } from "../model/redacted.ts";

/**
 * Keeps the first and the last bytes of a stream, so that a program that writes without end costs bounded memory. Half
 * a secret has no shape, so both halves are kept with room for the longest one, redacted, and then cut by that room.
 */
export class BoundedText {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  readonly #tail: Buffer[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #bytes = 0;

  /** `limit`: bytes that are kept, about. */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2) + LONGEST_SECRET;
  }

  /** Bytes that came. */
  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const room = this.#half - this.#headBytes;
    if (room > 0) this.#pushHead(chunk.subarray(0, room));
    if (chunk.length > room) this.#pushTail(chunk.subarray(Math.max(0, room)));
  }

  /** What was kept; where something was left out, both sides are redacted and the text says how much is missing. */
  text(redact: (text: string) => string): string {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    const missing = this.#bytes - head.length - tail.length;
    if (missing === 0) return Buffer.concat([head, tail]).toString("utf8");
    const start = redact(head.toString("utf8")).slice(0, -LONGEST_SECRET);
    const end = redact(tail.toString("utf8")).slice(LONGEST_SECRET);
    return `${start}\n… ${missing + 2 * LONGEST_SECRET} bytes are left out here …\n${end}`;
  }

  #pushHead(chunk: Buffer): void {
    this.#head.push(Buffer.from(chunk));
    this.#headBytes += chunk.length;
  }

  /** The tail may hold twice its half before it is cut back: cutting at every chunk would copy all the time. */
  #pushTail(chunk: Buffer): void {
    this.#tail.push(Buffer.from(chunk));
    this.#tailBytes += chunk.length;
    if (this.#tailBytes <= 2 * this.#half) return;
    const kept = Buffer.from(Buffer.concat(this.#tail).subarray(-this.#half));
    this.#tail.splice(0, this.#tail.length, kept);
    this.#tailBytes = kept.length;
  }
}
