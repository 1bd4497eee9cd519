import { isObject, type Json, objectAt, stringAt } from "../../kit/json.ts";
import type { Answer, Ask } from "../../model/ask.ts";
import type { AgentEvent, AgentFailure, AgentOptions, AgentSession, TurnEnd } from "../../ports/agent.ts";
import type { RunningProgram } from "../../ports/sandbox.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import { mustInterrupt, replyTo } from "./ask-answer.ts";
import { CallWatch } from "./call-watch.ts";
import { OpenTurns } from "./open-turns.ts";
import { readAsk } from "./read-ask.ts";
import { RpcClient, type RpcFailure } from "./rpc-client.ts";
import { stderrTail } from "./stderr-tail.ts";
import { turnFailure } from "./turn-failure.ts";
import { within } from "./within.ts";

/** Milliseconds: until an interrupt is obeyed, until a closed server has ended. */
const INTERRUPT_MS = 1000;
const CLOSE_MS = 500;

/** Notifications that say nothing which is not said again: deltas of texts and of command output. */
const NOT_WANTED = [
  "item/agentMessage/delta",
  "item/reasoning/summaryTextDelta",
  "item/reasoning/summaryPartAdded",
  "item/reasoning/textDelta",
  "item/commandExecution/outputDelta",
  "item/fileChange/outputDelta",
  "item/fileChange/patchUpdated",
  "item/plan/delta",
];

export type SessionOptions = Pick<AgentOptions, "cwd" | "model" | "instructions" | "readOnly" | "ask" | "heard">;

/** One app-server with one thread, from `initialize` to the last turn. */
export class CodexSession implements AgentSession {
  readonly #options: SessionOptions;
  readonly #program: RunningProgram;
  readonly #rpc: RpcClient;
  readonly #calls: CallWatch;
  readonly #turns = new OpenTurns();
  /** Patches that have started, by call: an ask for one names only the call. */
  readonly #patches = new Map<string, unknown>();
  readonly #complaints: () => string;
  #threadId: string | null = null;
  #lastMessage: string | null = null;
  #turn: PromiseWithResolvers<TurnEnd> | null = null;

  constructor(program: RunningProgram, options: SessionOptions) {
    this.#program = program;
    this.#options = options;
    this.#calls = new CallWatch(options.heard);
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

  async turn(input: string, { schema }: { readonly schema?: Json } = {}): Promise<TurnEnd> {
    const turn = Promise.withResolvers<TurnEnd>();
    this.#turn = turn;
    this.#lastMessage = null;
    const started = await this.#rpc.request("turn/start", {
      threadId: this.#threadId,
      input: textInput(input),
      ...(schema === undefined ? {} : { outputSchema: schema }),
    });
    if (!started.ok) this.#ended({ kind: "failed", failure: await this.#trouble(started.failure) });
    return turn.promise;
  }

  async interrupt(): Promise<void> {
    const turn = this.#turn;
    if (turn === null) return;
    await within(INTERRUPT_MS, Promise.all([this.#turns.end(this.#rpc), turn.promise]));
  }

  /** A closed stdin ends the server and what it started; whoever stays behind is ended with its group. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.stdin.end();
    await within(CLOSE_MS, this.#program.exited);
    await this.#program[Symbol.asyncDispose]();
  }

  async #begin(): Promise<Result<void, AgentFailure>> {
    const greeted = await this.#rpc.request("initialize", {
      // The name becomes the recording's originator; the version says nothing that Codex uses.
      clientInfo: { name: "codex-loop", title: "Codex Loop", version: "1" },
      capabilities: { experimentalApi: true, requestAttestation: false, optOutNotificationMethods: NOT_WANTED },
    });
    if (!greeted.ok) return fail(await this.#trouble(greeted.failure));
    this.#rpc.notify("initialized");
    const started = await this.#rpc.request("thread/start", this.#thread());
    if (!started.ok) return fail(await this.#trouble(started.failure));
    const thread = objectAt(started.value, "thread");
    const sessionId = stringAt(thread, "id");
    if (sessionId === null) return fail({ code: "AGENT_FAILED", detail: "Codex started a thread without an id" });
    this.#threadId = sessionId;
    this.#options.heard({ kind: "session", sessionId, rolloutPath: stringAt(thread, "path") });
    return ok(undefined);
  }

  #thread(): Json {
    const { cwd, model, instructions, readOnly } = this.#options;
    return {
      cwd,
      ...(model === null ? {} : { model }),
      approvalPolicy: "on-request",
      sandbox: readOnly ? "read-only" : "workspace-write",
      developerInstructions: instructions,
      // Quick denials and unknown tools leave no item: only the raw items show every call.
      experimentalRawEvents: true,
    };
  }

  #notified(method: string, params: unknown): void {
    this.#turns.notified(method, params);
    if (method === "serverRequest/resolved" && isObject(params)) this.#rpc.withdraw(params["requestId"]);
    if (method === "rawResponseItem/completed" && isObject(params)) this.#calls.raw(params["item"]);
    if (method === "item/started") this.#itemStarted(objectAt(params, "item"));
    if (method === "item/completed") this.#itemCompleted(objectAt(params, "item"), this.#isOurs(params));
    if (this.#isOurs(params)) this.#ourThread(method, params);
    const warning = warningOf(method, params);
    if (warning !== null) this.#heard({ kind: "warned", text: warning });
  }

  /** Sub-agents' threads tell of their turns too; the attempt's turn is that of its own thread. */
  #isOurs(params: unknown): boolean {
    return this.#threadId !== null && stringAt(params, "threadId") === this.#threadId;
  }

  #ourThread(method: string, params: unknown): void {
    if (method === "turn/started") this.#heard({ kind: "turn_started" });
    if (method === "turn/diff/updated") this.#heard({ kind: "diff", diff: stringAt(params, "diff") ?? "" });
    if (method === "turn/completed") this.#ended(this.#endOf(objectAt(params, "turn")));
  }

  #itemStarted(item: unknown): void {
    const id = stringAt(item, "id");
    if (id !== null && stringAt(item, "type") === "fileChange") this.#patches.set(id, item);
    this.#calls.itemStarted(item);
  }

  #itemCompleted(item: unknown, ours: boolean): void {
    this.#calls.itemCompleted(item);
    this.#patches.delete(stringAt(item, "id") ?? "");
    const type = stringAt(item, "type");
    if (type === "contextCompaction") this.#heard({ kind: "compacted" });
    if (type !== "agentMessage" || !ours) return;
    const text = stringAt(item, "text") ?? "";
    this.#lastMessage = text;
    this.#heard({ kind: "said", text });
  }

  #endOf(turn: unknown): TurnEnd {
    const status = stringAt(turn, "status");
    if (status === "completed") return { kind: "completed", lastMessage: this.#lastMessage };
    if (status === "interrupted") return { kind: "interrupted" };
    return { kind: "failed", failure: turnFailure(isObject(turn) ? turn["error"] : null) };
  }

  #ended(end: TurnEnd): void {
    const turn = this.#turn;
    if (turn === null) return;
    this.#turn = null;
    this.#calls.turnEnded();
    this.#heard({ kind: "turn_ended" });
    turn.resolve(end);
  }

  #asked(method: string, params: unknown): Promise<Json> | null {
    const ask = readAsk(method, params, this.#patches.get(stringAt(params, "itemId") ?? ""));
    return ask === null ? null : this.#answer(method, params, ask);
  }

  async #answer(method: string, params: unknown, ask: Ask): Promise<Json> {
    const answer = await this.#options.ask(ask);
    // An interrupted turn withdraws its requests: the reply below is then not sent.
    if (mustInterrupt(method, answer)) await this.interrupt();
    // After the reply, which this returns: the agent has to hear the denial before the reason for it.
    setImmediate(() => void this.#giveReason(params, answer));
    return replyTo(method, params, answer);
  }

  /** A denial has no room for a reason: it follows as a message to the turn. */
  async #giveReason(params: unknown, answer: Answer): Promise<void> {
    const threadId = stringAt(params, "threadId");
    const turnId = stringAt(params, "turnId");
    if (answer.kind !== "denied" || answer.reason === "" || threadId === null || turnId === null) return;
    const input = textInput(`The request was denied. The reason: ${answer.reason}`);
    const steered = await this.#rpc.request("turn/steer", { threadId, expectedTurnId: turnId, input });
    if (!steered.ok)
      this.#heard({ kind: "warned", text: `A denial's reason was not heard: ${steered.failure.message}` });
  }

  async #gone(why: string): Promise<void> {
    if (this.#turn === null) return;
    this.#ended({ kind: "failed", failure: await this.#trouble({ kind: "gone", message: why }) });
  }

  async #trouble({ kind, message }: RpcFailure): Promise<AgentFailure> {
    if (kind === "refused") return { code: "AGENT_FAILED", detail: `Codex refused: ${message}` };
    const exit = await within(CLOSE_MS, this.#program.exited);
    const how = exit === null ? message : `${message}, and ended with ${exit.signal ?? `code ${exit.code}`}`;
    const complaints = this.#complaints();
    return {
      code: "AGENT_CRASHED",
      detail: `Codex is gone: ${how}${complaints === "" ? "" : `; it said: ${complaints}`}`,
    };
  }

  #heard(event: AgentEvent): void {
    this.#options.heard(event);
  }
}

function textInput(text: string): Json {
  return [{ type: "text", text, text_elements: [] }];
}

function warningOf(method: string, params: unknown): string | null {
  if (method === "warning") return stringAt(params, "message");
  if (method === "configWarning" || method === "deprecationNotice") return stringAt(params, "summary");
  if (method !== "error" || !isObject(params) || params["willRetry"] !== true) return null;
  const error = objectAt(params, "error");
  return [stringAt(error, "message"), stringAt(error, "additionalDetails")].filter((part) => part !== null).join(": ");
}
