import { objectAt, stringAt } from "../../kit/json.ts";
import type { RpcClient } from "./rpc-client.ts";

/** The threads of one process, sub-agents among them, and the turn that each is in. */
export class OpenTurns {
  readonly #threads = new Set<string>();
  readonly #turns = new Map<string, string>();

  notified(method: string, params: unknown): void {
    const thread = stringAt(params, "threadId");
    if (thread === null) return;
    this.#threads.add(thread);
    const turn = stringAt(objectAt(params, "turn"), "id");
    if (method === "turn/started" && turn !== null) this.#turns.set(thread, turn);
    if (method === "turn/completed") this.#turns.delete(thread);
  }

  /** Interrupting a turn leaves its shell commands running, and its sub-agents: each is ended by name. */
  async end(rpc: RpcClient): Promise<void> {
    const turns = [...this.#turns].map(([threadId, turnId]) => rpc.request("turn/interrupt", { threadId, turnId }));
    await Promise.all(turns);
    const commands = [...this.#threads].map((threadId) =>
      rpc.request("thread/backgroundTerminals/clean", { threadId }),
    );
    await Promise.all(commands);
  }
}
