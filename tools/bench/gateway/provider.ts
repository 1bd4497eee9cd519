/** A provider in a process of its own. The request says what it answers: `{events, paceMs}`; the first event comes at once. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { numberAt, parseJson } from "../../../src/kit/json.ts";

const DELTA = `data: ${JSON.stringify({ type: "response.output_text.delta", delta: "some words of an answer " })}\n\n`;
const USAGE = { input_tokens: 5000, output_tokens: 100, total_tokens: 5100 };
const END = `data: ${JSON.stringify({ type: "response.completed", response: { id: "resp-1", usage: USAGE } })}\n\n`;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = parseJson(Buffer.concat(await request.toArray()).toString("utf8"));
  const events = numberAt(body, "events") ?? 1;
  const paceMs = numberAt(body, "paceMs") ?? 0;
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let number = 0; number < events; number += 1) {
    response.write(DELTA);
    if (paceMs > 0) await after(paceMs);
  }
  response.end(END);
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/v1`, tokens: ["none"] }));
