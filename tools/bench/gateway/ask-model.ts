import http from "node:http";
import type { Contestant } from "./contestant.ts";

export interface Question {
  /** Events before the last one. */
  readonly events: number;
  readonly paceMs: number;
  /** Whose token it carries, by number; the first one's unless it says. */
  readonly asker?: number;
}

export interface Timed {
  /** Milliseconds to the first byte of the answer's body. */
  readonly first: number;
  /** Milliseconds to its end. */
  readonly whole: number;
  readonly bytes: number;
}

/** What an agent sends again with every request: about 5,000 tokens of conversation. */
const CONVERSATION = "The quick brown fox jumps over the lazy dog. ".repeat(450);

/** Asks once over a kept connection. Throws unless the answer is whole. */
export function askModel({ url, tokens }: Contestant, agent: http.Agent, question: Question): Promise<Timed> {
  const { promise, resolve, reject } = Promise.withResolvers<Timed>();
  const body = JSON.stringify({ model: "priced", stream: true, input: CONVERSATION, ...question });
  const headers = {
    authorization: `Bearer ${tokens[(question.asker ?? 0) % tokens.length]}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  const from = performance.now();
  const request = http.request(`${url}/responses`, { method: "POST", agent, headers }, (response) => {
    let first: number | null = null;
    let bytes = 0;
    let tail = "";
    response.on("data", (chunk: Buffer) => {
      first ??= performance.now() - from;
      bytes += chunk.length;
      tail = (tail + chunk.toString("utf8")).slice(-500);
    });
    response.on("error", reject);
    response.on("end", () => {
      const isWhole = response.statusCode === 200 && tail.includes("response.completed");
      if (isWhole) resolve({ first: first ?? 0, whole: performance.now() - from, bytes });
      else reject(new Error(`not a whole answer: ${response.statusCode} ${tail}`));
    });
  });
  request.on("error", reject);
  request.end(body);
  return promise;
}
