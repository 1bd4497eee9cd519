import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";

export interface Sending {
  readonly url: URL;
  readonly method: "POST" | "GET";
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly agent: http.Agent;
  /** Milliseconds without a byte before the provider is given up. */
  readonly idleMs: number;
  /** Breaks it off, at any time. */
  readonly signal: AbortSignal;
}

/** `unreachable`: no byte of it left the machine · `timeout`: no answer came · `disconnected`: broken off before one. */
export type SendTrouble = "unreachable" | "timeout" | "disconnected";

export type Answer =
  /** The head of the provider's answer, with its body still to come. */
  | { readonly kind: "answer"; readonly message: IncomingMessage; readonly isTimedOut: () => boolean }
  | { readonly kind: "trouble"; readonly why: SendTrouble };

/**
 * Sends one request and waits for the head of its answer. A kept connection that the provider had closed in the meantime
 * is tried once more: nobody has read the request then.
 */
export async function sendRequest(sending: Sending): Promise<Answer> {
  const first = await sendOnce(sending);
  const answer = first === "stale" ? await sendOnce(sending) : first;
  return answer === "stale" ? { kind: "trouble", why: "disconnected" } : answer;
}

function sendOnce(sending: Sending): Promise<Answer | "stale"> {
  const { promise, resolve } = Promise.withResolvers<Answer | "stale">();
  const { url, method, headers, agent, signal, idleMs } = sending;
  const { request: begin } = url.protocol === "https:" ? https : http;
  const request = begin(url, { method, headers, agent, signal, timeout: idleMs });
  let connected = false;
  let timedOut = false;
  request.on("socket", (socket) => {
    if (request.reusedSocket) connected = true;
    else socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => (connected = true));
  });
  request.on("timeout", () => {
    timedOut = true;
    request.destroy();
  });
  request.on("response", (message) => resolve({ kind: "answer", message, isTimedOut: () => timedOut }));
  request.on("error", (error: NodeJS.ErrnoException) => {
    if (request.reusedSocket && !timedOut && error.code === "ECONNRESET") resolve("stale");
    else resolve({ kind: "trouble", why: connected ? (timedOut ? "timeout" : "disconnected") : "unreachable" });
  });
  request.end(sending.body);
  return promise;
}
