/** What a scripted model answers, as data: one turn per request, in the order of the list. */
import type { Json } from "../../../src/kit/json.ts";

/** Whose request a turn answers: the thread of the run, a sub-agent, or a compaction. */
export type Asker = "main" | "sub" | "compaction";

/** One output item in the words of the Responses API. */
export type ModelItem = { readonly type: string } & { readonly [key: string]: Json };

export type Reply =
  /** A whole answer with these items. */
  | { readonly kind: "items"; readonly items: readonly ModelItem[] }
  /** An HTTP error; the body is sent as JSON. */
  | { readonly kind: "status"; readonly status: number; readonly body: Json }
  /** The stream begins and then says nothing until the client goes away. */
  | { readonly kind: "hang" }
  /** The items are sent, and then the connection breaks before `response.completed`. */
  | { readonly kind: "cut"; readonly items: readonly ModelItem[] }
  | { readonly kind: "failed"; readonly code: string; readonly message: string }
  | { readonly kind: "incomplete"; readonly reason: string };

export interface Usage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export interface ModelTurn {
  readonly who: Asker;
  readonly reply: Reply;
  readonly usage: Usage;
  /** Texts that the request's body has to hold: what the model must have been told by then. */
  readonly saw: readonly string[];
}

export type TurnOptions = Partial<Pick<ModelTurn, "who" | "saw">> & { readonly usage?: Partial<Usage> };

const USAGE: Usage = { input: 1000, cached: 0, output: 50, reasoning: 0 };

export function turnOf(reply: Reply, { who = "main", saw = [], usage }: TurnOptions = {}): ModelTurn {
  return { who, reply, saw, usage: { ...USAGE, ...usage } };
}
