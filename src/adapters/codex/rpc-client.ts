import type { Readable, Writable } from "node:stream";
import { isObject, type Json, parseJson, stringAt } from "../../kit/json.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import { readLines } from "./read-lines.ts";

/** `gone`: the server ended, or its stream cannot be read any more · `refused`: it answered with an error. */
export interface RpcFailure {
  readonly kind: "gone" | "refused";
  readonly message: string;
}

/** The server counts its own requests from 0, so an id is never judged by its truth. */
export type RequestId = string | number;

export interface RpcHandlers {
  readonly notified: (method: string, params: unknown) => void;
  /** Answers a request of the server's; `null` where there is no such method here. */
  readonly asked: (method: string, params: unknown) => Promise<Json> | null;
  /** The server will say nothing more. */
  readonly gone: (why: string) => void;
}

type Settle = (answer: Result<unknown, RpcFailure>) => void;

/** JSON-RPC as `codex app-server` speaks it: one object per line, no `jsonrpc` member, requests both ways. */
export class RpcClient {
  readonly #stdin: Writable;
  readonly #handlers: RpcHandlers;
  readonly #pending = new Map<RequestId, Settle>();
  /** Requests of the server's that still want an answer. */
  readonly #open = new Set<RequestId>();
  #next = 1;
  #gone: string | null = null;

  constructor(wire: { readonly stdin: Writable; readonly stdout: Readable }, handlers: RpcHandlers) {
    this.#stdin = wire.stdin;
    this.#handlers = handlers;
    // A broken pipe shows as the end of stdout, which is what counts.
    wire.stdin.on("error", () => undefined);
    void this.#read(wire.stdout);
  }

  request(method: string, params: Json): Promise<Result<unknown, RpcFailure>> {
    if (this.#gone !== null) return Promise.resolve(fail({ kind: "gone", message: this.#gone }));
    const id = this.#next++;
    const answer = new Promise<Result<unknown, RpcFailure>>((settle) => this.#pending.set(id, settle));
    this.#send({ id, method, params });
    return answer;
  }

  notify(method: string): void {
    this.#send({ method });
  }

  /** The server wants no answer to this request any more. */
  withdraw(id: unknown): void {
    if (typeof id === "number" || typeof id === "string") this.#open.delete(id);
  }

  async #read(stdout: Readable): Promise<void> {
    try {
      for await (const line of readLines(stdout)) {
        if (line === null) return this.#end("it wrote a line that is too long to be a message");
        this.#take(line);
      }
      this.#end("it closed its output");
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
    }
  }

  #take(line: string): void {
    const message = parseJson(line);
    if (!isObject(message)) return;
    const id = message["id"];
    const method = stringAt(message, "method");
    const hasId = typeof id === "number" || typeof id === "string";
    if (method === null && hasId) this.#answered(id, message);
    else if (method !== null && hasId) void this.#asked(id, method, message["params"]);
    else if (method !== null) this.#handlers.notified(method, message["params"]);
  }

  #answered(id: RequestId, message: Record<string, unknown>): void {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    const { error } = message;
    if (error === undefined) settle?.(ok(message["result"]));
    else settle?.(fail({ kind: "refused", message: stringAt(error, "message") ?? JSON.stringify(error) }));
  }

  async #asked(id: RequestId, method: string, params: unknown): Promise<void> {
    this.#open.add(id);
    const answer = this.#handlers.asked(method, params);
    if (answer === null) {
      this.#open.delete(id);
      this.#send({ id, error: { code: -32601, message: `Codex Loop does not answer ${method}` } });
      return;
    }
    const result = await answer;
    if (this.#open.delete(id)) this.#send({ id, result });
  }

  #send(message: Json): void {
    if (this.#gone === null && this.#stdin.writable) this.#stdin.write(`${JSON.stringify(message)}\n`);
  }

  #end(why: string): void {
    if (this.#gone !== null) return;
    this.#gone = why;
    for (const settle of this.#pending.values()) settle(fail({ kind: "gone", message: why }));
    this.#pending.clear();
    this.#handlers.gone(why);
  }
}
