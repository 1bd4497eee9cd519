import { parseJson } from "../../kit/json.ts";
import { ANSWER_LIMIT, type AnswerReader } from "./answer-reader.ts";
import { endOfDocument, type AnswerEnd } from "./read-answer.ts";

/** Reads one JSON document, whole when it has passed. */
export class DocumentAnswer implements AnswerReader {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #held = 0;
  #seen: AnswerEnd | null = null;

  constructor(limit: number = ANSWER_LIMIT) {
    this.#limit = limit;
  }

  push(chunk: Uint8Array): void {
    this.#held += chunk.length;
    if (this.#held > this.#limit) this.#parts = [];
    else this.#parts.push(chunk);
  }

  finish(): void {
    const document = this.#held > this.#limit ? undefined : parseJson(Buffer.concat(this.#parts).toString("utf8"));
    this.#parts = [];
    if (document !== undefined) this.#seen = endOfDocument(document);
  }

  seen(): AnswerEnd | null {
    return this.#seen;
  }
}
