import { isObject, type Json, objectAt, stringAt } from "../../kit/json.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Answer, Ask } from "../../model/ask.ts";
import type { AgentFailure, AgentOptions, AgentSession, TurnEnd } from "../../ports/agent.ts";
import type { RunningProgram } from "../../ports/sandbox.ts";
import { mustInterrupt, replyTo } from "./ask-answer.ts";
import { OpenTurns } from "./open-turns.ts";
import { readAsk } from "./read-ask.ts";
import { RpcClient, type RpcFailure } from "./rpc-client.ts";
import { stderrTail } from "./stderr-tail.ts";
import { ThreadEvents } from "./thread-events.ts";
import { GREETING, textInput, threadWish } from "./wire-words.ts";
import { within } from "./within.ts";

/** Milliseconds: until an interrupt is obeyed, until a closed server has ended. */
const INTERRUPT_MS = 1000;
const CLOSE_MS = 500;

interface TurnAtHand {
  /** Until Codex has said that it began, it refuses to interrupt a turn, and runs it. */
  readonly begun: PromiseWithResolvers<void>;
  readonly ended: PromiseWithResolvers<TurnEnd>;
}

export type SessionOptions = Pick<AgentOptions, "cwd" | "model" | "instructions" | "readOnly" | "ask" | "heard">;

/** One app-server with one thread, from `initialize` to the last turn. */
export class CodexSession implements AgentSession {
  readonly #options: SessionOptions;
  readonly #program: RunningProgram;
  readonly #rpc: RpcClient;
  readonly #events: ThreadEvents;
  readonly #turns = new OpenTurns();
  readonly #complaints: () => string;
  #threadId: string | null = null;
  #turn: TurnAtHand | null = null;

  constructor(program: RunningProgram, options: SessionOptions) {
    this.#program = program;
    this.#options = options;
    this.#events = new ThreadEvents({
      heard: options.heard,
      begun: () => this.#turn?.begun.resolve(),
      ended: (end) => this.#ended(end),
    });
    this.#complaints = stderrTail(program.stderr);
    this.#rpc = new RpcClient(program, {
      notified: (method, params) => this.#notified(method, params),
      asked: (method, params) => this.#asked(method, params),
      gone: (why) => void this.#gone(why),
    });
  }

  get sessionId(): string | null {
    return this.#threadId;
  }

  /** Greets the server and starts the thread, within `ms` milliseconds. */
  async begin(ms: number): Promise<Result<void, AgentFailure>> {
    const begun = await within(ms, this.#begin());
    return begun ?? fail({ code: "AGENT_CRASHED", detail: `Codex did not answer within ${ms / 1000} s` });
  }

  turn(input: string, { schema }: { readonly schema?: Json } = {}): Promise<TurnEnd> {
    const turn: TurnAtHand = { begun: Promise.withResolvers(), ended: Promise.withResolvers() };
    this.#turn = turn;
    const outputSchema = schema === undefined ? {} : { outputSchema: schema };
    void this.#beginTurn({ threadId: this.#threadId, input: textInput(input), ...outputSchema });
    return turn.ended.promise;
  }

  async interrupt(): Promise<void> {
    const turn = this.#turn;
    if (turn !== null) await within(INTERRUPT_MS, this.#endTurn(turn));
  }

  /** A closed stdin ends the server and what it started; whoever stays behind is ended with its group. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.stdin.end();
    await within(CLOSE_MS, this.#program.exited);
    await this.#program[Symbol.asyncDispose]();
  }

  async #begin(): Promise<Result<void, AgentFailure>> {
    const greeted = await this.#rpc.request("initialize", GREETING);
    if (!greeted.ok) return fail(await this.#trouble(greeted.failure));
    this.#rpc.notify("initialized");
    const started = await this.#rpc.request("thread/start", threadWish(this.#options));
    if (!started.ok) return fail(await this.#trouble(started.failure));
    return this.#follow(objectAt(started.value, "thread"));
  }

  #follow(thread: unknown): Result<void, AgentFailure> {
    const sessionId = stringAt(thread, "id");
    if (sessionId === null) return fail({ code: "AGENT_FAILED", detail: "Codex started a thread without an id" });
    this.#threadId = sessionId;
    this.#events.follow(sessionId);
    this.#options.heard({ kind: "session", sessionId, rolloutPath: stringAt(thread, "path") });
    return ok(undefined);
  }

  async #beginTurn(wish: Json): Promise<void> {
    const started = await this.#rpc.request("turn/start", wish);
    if (!started.ok) this.#ended({ kind: "failed", failure: await this.#trouble(started.failure) });
  }

  async #endTurn({ begun, ended }: TurnAtHand): Promise<void> {
    await begun.promise;
    await this.#turns.end(this.#rpc);
    await ended.promise;
  }

  #notified(method: string, params: unknown): void {
    this.#turns.notified(method, params);
    if (method === "serverRequest/resolved" && isObject(params)) this.#rpc.withdraw(params["requestId"]);
    this.#events.notified(method, params);
  }

  #ended(end: TurnEnd): void {
    const turn = this.#turn;
    if (turn === null) return;
    this.#turn = null;
    this.#events.cutOff();
    turn.begun.resolve();
    turn.ended.resolve(end);
  }

  #asked(method: string, params: unknown): Promise<Json> | null {
    const ask = readAsk(method, params, this.#events.patchOf(params));
    return ask === null ? null : this.#answer(ask, { method, params });
  }

  async #answer(ask: Ask, { method, params }: { readonly method: string; readonly params: unknown }): Promise<Json> {
    const answer = await this.#options.ask(ask);
    // An interrupted turn withdraws its requests: the reply below is then not sent.
    if (mustInterrupt(method, answer)) await this.interrupt();
    // Before the reply, while the turn is sure to wait: the agent then reads both in the same request.
    await this.#giveReason(params, answer);
    return replyTo(method, params, answer);
  }

  /** A denial has no room for a reason: that goes to the turn as a message. */
  async #giveReason(params: unknown, answer: Answer): Promise<void> {
    const threadId = stringAt(params, "threadId");
    const turnId = stringAt(params, "turnId");
    if (answer.kind !== "denied" || answer.reason === "" || threadId === null || turnId === null) return;
    const input = textInput(`The request was denied. The reason: ${answer.reason}`);
    const steered = await this.#rpc.request("turn/steer", { threadId, expectedTurnId: turnId, input });
    if (steered.ok) return;
    this.#options.heard({ kind: "warned", text: `A denial's reason was not heard: ${steered.failure.message}` });
  }

  async #gone(why: string): Promise<void> {
    if (this.#turn === null) return;
    this.#ended({ kind: "failed", failure: await this.#trouble({ kind: "gone", message: why }) });
  }

  async #trouble({ kind, message }: RpcFailure): Promise<AgentFailure> {
    if (kind === "refused") return { code: "AGENT_FAILED", detail: `Codex refused: ${message}` };
    const exit = await within(CLOSE_MS, this.#program.exited);
    const how = exit === null ? message : `${message}, and ended with ${exit.signal ?? `code ${exit.code}`}`;
    const said = this.#complaints();
    return { code: "AGENT_CRASHED", detail: `Codex is gone: ${how}${said === "" ? "" : `; it said: ${said}`}` };
  }
}
