import { parseJson } from "../../kit/json.ts";
import { addTokens } from "../../model/tokens.ts";
import { ANSWER_LIMIT, type AnswerReader } from "./answer-reader.ts";
import { endOfEvent, mayEndResponse, type AnswerEnd } from "./read-answer.ts";

/** Several ends in one answer are added up, each response once. */
class Ends {
  #seen: AnswerEnd | null = null;
  readonly #ids = new Set<string | null>();

  add(end: AnswerEnd): void {
    if (this.#ids.has(end.responseId) && end.responseId !== null) return;
    this.#ids.add(end.responseId);
    this.#seen = this.#seen === null ? end : both(this.#seen, end);
  }

  seen(): AnswerEnd | null {
    return this.#seen;
  }
}

function both(first: AnswerEnd, second: AnswerEnd): AnswerEnd {
  const usage =
    first.usage === null || second.usage === null
      ? (first.usage ?? second.usage)
      : addTokens(first.usage, second.usage);
  return { ...second, usage };
}

/** Reads server-sent events: lines, an empty one ends an event, the `data` lines of an event are one JSON document. */
export class StreamAnswer implements AnswerReader {
  readonly #decoder = new TextDecoder();
  readonly #limit: number;
  readonly #ends = new Ends();
  #line = "";
  #data: string[] = [];
  #held = 0;
  /** The event at hand is larger than the limit: it passes unread. */
  #skips = false;

  constructor(limit: number = ANSWER_LIMIT) {
    this.#limit = limit;
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  finish(): void {
    this.#take(`${this.#decoder.decode()}\n\n`);
  }

  seen(): AnswerEnd | null {
    return this.#ends.seen();
  }

  #take(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      this.#hold(text.slice(from, at));
      this.#endLine();
      from = at + 1;
    }
    this.#hold(text.slice(from));
  }

  #hold(part: string): void {
    this.#held += part.length;
    if (this.#held > this.#limit) {
      this.#skips = true;
      this.#data = [];
    }
    this.#line = this.#skips ? (this.#line + part).slice(0, 1) : this.#line + part;
  }

  #endLine(): void {
    const line = this.#line.endsWith("\r") ? this.#line.slice(0, -1) : this.#line;
    this.#line = "";
    if (line === "") this.#endEvent();
    else if (line.startsWith("data:") && !this.#skips) this.#data.push(line.slice(5));
  }

  #endEvent(): void {
    const text = this.#skips ? "" : this.#data.join("\n");
    this.#data = [];
    this.#held = 0;
    this.#skips = false;
    const end = mayEndResponse(text) ? endOfEvent(parseJson(text)) : null;
    if (end !== null) this.#ends.add(end);
  }
}
