import { isObject, objectAt, stringAt } from "../../kit/json.ts";
import type { AgentEvent, TurnEnd } from "../../ports/agent.ts";
import { CallWatch } from "./call-watch.ts";
import { turnFailure } from "./turn-failure.ts";

export interface Listening {
  readonly heard: (event: AgentEvent) => void;
  readonly begun: () => void;
  readonly ended: (end: TurnEnd) => void;
}

/** Notifications of app-server, told in our words. */
export class ThreadEvents {
  readonly #listening: Listening;
  readonly #calls: CallWatch;
  /** Patches that have started, by call: an ask for one names only the call. */
  readonly #patches = new Map<string, unknown>();
  #threadId: string | null = null;
  #lastMessage: string | null = null;
  #lastDiff = "";

  constructor(listening: Listening) {
    this.#listening = listening;
    this.#calls = new CallWatch(listening.heard);
  }

  /** Sub-agents' threads tell of their turns too; the attempt's turns and messages are those of its own thread. */
  follow(threadId: string): void {
    this.#threadId = threadId;
  }

  patchOf(params: unknown): unknown {
    return this.#patches.get(stringAt(params, "itemId") ?? "");
  }

  notified(method: string, params: unknown): void {
    const isOurs = this.#threadId !== null && stringAt(params, "threadId") === this.#threadId;
    if (method === "rawResponseItem/completed" && isObject(params)) this.#calls.raw(params["item"]);
    if (method === "item/started") this.#itemStarted(objectAt(params, "item"));
    if (method === "item/completed") this.#itemCompleted(objectAt(params, "item"), isOurs);
    if (isOurs) this.#ourThread(method, params);
    const warning = warningOf(method, params);
    if (warning !== null) this.#listening.heard({ kind: "warned", text: warning });
  }

  /** Nothing more will come of the turn at hand. */
  cutOff(): void {
    this.#calls.turnEnded();
    this.#lastMessage = null;
    this.#listening.heard({ kind: "turn_ended" });
  }

  #ourThread(method: string, params: unknown): void {
    if (method === "turn/started") this.#began();
    if (method === "turn/diff/updated") this.#diffed(stringAt(params, "diff") ?? "");
    if (method === "turn/completed") this.#listening.ended(this.#endOf(objectAt(params, "turn")));
  }

  #began(): void {
    this.#listening.begun();
    this.#listening.heard({ kind: "turn_started" });
  }

  /** Codex says it again after every answer of the model, changed or not. */
  #diffed(diff: string): void {
    if (diff !== this.#lastDiff) this.#listening.heard({ kind: "diff", diff });
    this.#lastDiff = diff;
  }

  #itemStarted(item: unknown): void {
    const id = stringAt(item, "id");
    if (id !== null && stringAt(item, "type") === "fileChange") this.#patches.set(id, item);
    this.#calls.itemStarted(item);
  }

  #itemCompleted(item: unknown, isOurs: boolean): void {
    this.#calls.itemCompleted(item);
    this.#patches.delete(stringAt(item, "id") ?? "");
    const type = stringAt(item, "type");
    if (type === "contextCompaction") this.#listening.heard({ kind: "compacted" });
    if (type !== "agentMessage" || !isOurs) return;
    const text = stringAt(item, "text") ?? "";
    this.#lastMessage = text;
    this.#listening.heard({ kind: "said", text });
  }

  #endOf(turn: unknown): TurnEnd {
    const status = stringAt(turn, "status");
    if (status === "completed") return { kind: "completed", lastMessage: this.#lastMessage };
    if (status === "interrupted") return { kind: "interrupted" };
    return { kind: "failed", failure: turnFailure(isObject(turn) ? turn["error"] : null) };
  }
}

/** What a person may want to know that ends nothing; an error that is tried again is such a thing. */
function warningOf(method: string, params: unknown): string | null {
  if (method === "warning") return stringAt(params, "message");
  if (method === "configWarning" || method === "deprecationNotice") return stringAt(params, "summary");
  if (method !== "error" || !isObject(params) || params["willRetry"] !== true) return null;
  const error = objectAt(params, "error");
  return [stringAt(error, "message"), stringAt(error, "additionalDetails")].filter((part) => part !== null).join(": ");
}
