import type { Readable } from "node:stream";

/** Bytes of one message: the diff of a whole turn fits in, and an agent that never ends its line cannot eat the memory. */
export const LINE_LIMIT: number = 32 * 1024 * 1024;

/** The lines of a stream, without their breaks; `null` in place of a line that is longer than the limit, and then the end. */
export async function* readLines(stream: Readable, limit: number = LINE_LIMIT): AsyncGenerator<string | null> {
  let carry: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    let rest = piece;
    for (let end = rest.indexOf(10); end !== -1 && length + end <= limit; end = rest.indexOf(10)) {
      yield Buffer.concat([...carry, rest.subarray(0, end)]).toString("utf8");
      [carry, length, rest] = [[], 0, rest.subarray(end + 1)];
    }
    length += rest.length;
    if (length > limit) {
      yield null;
      return;
    }
    carry.push(rest);
  }
}
