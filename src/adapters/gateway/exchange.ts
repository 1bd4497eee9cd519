/** One request with the provider: sent, its answer streamed back and watched, and settled once. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AnswerReader } from "../../formats/responses/answer-reader.ts";
import { DocumentAnswer } from "../../formats/responses/document-answer.ts";
import { StreamAnswer } from "../../formats/responses/stream-answer.ts";
import type { RequestError, Settlement } from "../../model/model-request.ts";
import { headersForAgent } from "./forwarded-headers.ts";
import { passRefusal } from "./pass-refusal.ts";
import { passThrough } from "./pass-through.ts";
import { BROKEN_OFF, refuse, TIMED_OUT, UNREACHABLE } from "./refusals.ts";
import { sendRequest, type Sending } from "./send-request.ts";

/** Settles what was reserved; called once. */
export type Settle = (settlement: Settlement) => Promise<void>;

export interface ExchangeParts {
  readonly response: ServerResponse;
  readonly settle: Settle;
  /** What the agent must not be told, even by a provider that repeats it. */
  readonly key: () => string;
}

const UNSEEN: Settlement = { responseId: null, usage: null, model: null, status: null, error: null };

export class Exchange {
  readonly #response: ServerResponse;
  readonly #settle: Settle;
  readonly #key: () => string;
  readonly #abort = new AbortController();
  #reader: AnswerReader | null = null;
  #status: number | null = null;
  /** Why we broke it off ourselves; comes before whatever the sockets then say. */
  #broken: RequestError | null = null;
  #settled: Promise<void> | null = null;

  constructor({ response, settle, key }: ExchangeParts) {
    this.#response = response;
    this.#settle = settle;
    this.#key = key;
  }

  /** The provider has said what the answer cost, whether or not the connection is still open. */
  get answered(): boolean {
    return this.#reader !== null && this.#reader.seen() !== null;
  }

  /** Sends, answers and settles. Never rejects but where settling does. */
  async run(sending: Omit<Sending, "signal">): Promise<void> {
    const gone = (): void => this.breakOff("client_gone");
    this.#response.on("close", gone);
    try {
      if (this.#response.destroyed) return await this.settle("unreachable");
      await this.settle(await this.#forward(sending));
    } finally {
      this.#response.off("close", gone);
    }
  }

  /** Ends it from our side. A whole answer, once it is out, is left as it is. */
  breakOff(why: RequestError): void {
    if (this.#response.writableFinished) return;
    this.#broken ??= why;
    this.#abort.abort();
    this.#response.destroy();
  }

  /** Settles with what is known by now. Whoever comes second gets the first one's promise. */
  settle(error: RequestError | null): Promise<void> {
    this.#settled ??= this.#settle(this.#settlement(error));
    return this.#settled;
  }

  #settlement(error: RequestError | null): Settlement {
    const end = this.#reader?.seen() ?? null;
    const known = { ...UNSEEN, status: this.#status };
    if (end === null) return { ...known, error };
    const { failed, ...answer } = end;
    return { ...known, ...answer, error: failed ? "response_failed" : answer.usage === null ? "no_usage" : null };
  }

  async #forward(sending: Omit<Sending, "signal">): Promise<RequestError | null> {
    const answer = await sendRequest({ ...sending, signal: this.#abort.signal });
    if (answer.kind === "trouble") {
      refuse(this.#response, { unreachable: UNREACHABLE, timeout: TIMED_OUT, disconnected: BROKEN_OFF }[answer.why]);
      // Only what was never sent is surely not billed, whoever broke it off.
      return answer.why === "unreachable" ? "unreachable" : (this.#broken ?? answer.why);
    }
    return this.#stream(answer.message, answer.isTimedOut);
  }

  async #stream(message: IncomingMessage, isTimedOut: () => boolean): Promise<RequestError | null> {
    const status = message.statusCode ?? 502;
    this.#status = status;
    const fine = status >= 200 && status < 300;
    if (!fine) {
      await passRefusal(message, this.#response, this.#key());
      return "http_error";
    }
    const reader = readerOf(message);
    this.#reader = reader;
    this.#response.writeHead(status, headersForAgent(message.headers, this.#key()));
    this.#response.flushHeaders();
    try {
      await passThrough(message, this.#response, reader);
      return "no_usage";
    } catch {
      return this.#broken ?? (isTimedOut() ? "timeout" : "disconnected");
    }
  }
}

function readerOf(message: IncomingMessage): AnswerReader {
  return (message.headers["content-type"] ?? "").includes("text/event-stream")
    ? new StreamAnswer()
    : new DocumentAnswer();
}
