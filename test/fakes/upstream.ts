/** A model provider on loopback whose answers a test writes itself, byte by byte. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface UpstreamRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly response: ServerResponse;
  /** Settles once the connection behind the response is gone. */
  readonly closed: Promise<void>;
}

export interface FakeUpstream extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly UpstreamRequest[];
}

export type Answering = (request: UpstreamRequest) => void | Promise<void>;

export async function openUpstream(answer: Answering): Promise<FakeUpstream> {
  const requests: UpstreamRequest[] = [];
  const server = createServer((message, response) => void take(message, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = new Promise<void>((resolve) => void response.on("close", resolve));
    const text = Buffer.concat(await message.toArray()).toString("utf8");
    const { method = "", url = "", headers } = message;
    const request = { method, url, headers, text, response, closed };
    requests.push(request);
    await answer(request);
  }

  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** One server-sent event. */
export function event(data: { readonly type: string } & Record<string, unknown>): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function usageOf(input: number, output: number): Record<string, unknown> {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 2 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 1 },
    total_tokens: input + output,
  };
}

export function completed(id: string, input: number, output: number): string {
  return event({ type: "response.completed", response: { id, model: "priced", usage: usageOf(input, output) } });
}

/** Begins a stream of events. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req-1" });
  response.flushHeaders();
}

export function answerStream(...events: readonly string[]): Answering {
  return ({ response }) => {
    beginStream(response);
    response.end(events.join(""));
  };
}
