import type { AttemptId } from "./ids.ts";
import type { Order } from "./order.ts";

/**
 * The variable that everything of an attempt carries in its environment, with the attempt's id: what has left its group and
 * session is found by it. Whoever gives a program of an attempt its environment puts it in.
 */
export const ATTEMPT_MARK = "CODEX_LOOP_ATTEMPT";

/** All that `engine.start` carries: enough to ask the host for the rest, and nothing that is worth stealing for long. */
export interface Start {
  readonly attemptId: AttemptId;
  readonly fence: number;
  /** Base address of the host listener, `http://127.0.0.1:PORT`. */
  readonly host: string;
  /** Good at the host listener only, for this attempt and fence. */
  readonly token: string;
  /** Ties log lines together; a closed word. */
  readonly trace: string;
}

/** Where the model gateway is found. */
export interface GatewayDoor {
  /** Base address on loopback, ending in `/v1`; inside the walls it is good as well. */
  readonly url: string;
  /** Absolute: the socket by which it is reached through walls without a network. */
  readonly socket: string;
}

/** What the runner is given once its start was accepted. */
export interface Launch {
  readonly order: Order;
  readonly fence: number;
  /** The model gateway and the agent's token there; `null` where no model is needed. */
  readonly gateway: (GatewayDoor & { readonly token: string }) | null;
  /** The Codex CLI to run, absolute; `null` for other agents. */
  readonly codexBinary: string | null;
  /** Absolute folders: the attempt's own (work tree, homes, temp), and the one that setups are cached in. */
  readonly folder: string;
  readonly setupCache: string;
  /** Absolute paths that no part of an attempt may see. */
  readonly hidden: readonly string[];
  /** Milliseconds: how often to call, and how long a host that is gone is waited for before the runner ends its group. */
  readonly heartbeatMs: number;
  readonly hostSilenceMs: number;
  /** Keep the folder after the end. */
  readonly keep: boolean;
  /** Milliseconds without a byte from the model before the agent gives up. */
  readonly modelIdleMs: number;
}
