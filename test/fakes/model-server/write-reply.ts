import type { ServerResponse } from "node:http";
import type { Json } from "../../../src/kit/json.ts";
import type { ModelItem, ModelTurn, Reply, Usage } from "./model-turn.ts";

export interface Answering {
  readonly id: string;
  readonly model: string;
  /** False: one JSON document instead of a stream. */
  readonly streamed: boolean;
  /** A compaction by the provider answers with its items alone. */
  readonly compact: boolean;
}

interface StreamEvent {
  readonly type: string;
  readonly [key: string]: Json;
}

interface Streamed {
  readonly reply: Exclude<Reply, { kind: "status" }>;
  readonly usage: Usage;
}

/** Sends a turn; true when its tokens were billed, which is when its last event left. */
export function writeReply(response: ServerResponse, turn: ModelTurn, answering: Answering): boolean {
  const { reply } = turn;
  if (reply.kind === "status") {
    sendJson(response, reply.status, reply.body);
    return false;
  }
  if (reply.kind === "items" && (answering.compact || !answering.streamed)) {
    sendJson(response, 200, wholeAnswer(reply.items, turn.usage, answering));
    return true;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  send(response, {
    type: "response.created",
    response: { id: answering.id, model: answering.model, status: "in_progress" },
  });
  return streamReply(response, { reply, usage: turn.usage }, answering);
}

function streamReply(response: ServerResponse, { reply, usage }: Streamed, answering: Answering): boolean {
  if (reply.kind === "items" || reply.kind === "cut") reply.items.forEach((item, at) => sendItem(response, item, at));
  if (reply.kind === "hang") return false;
  if (reply.kind === "cut") {
    // What was written has to leave before the connection breaks, or the client sees no answer at all.
    response.write(": \n\n", () => response.destroy());
    return false;
  }
  send(response, lastEvent(reply, usage, answering));
  response.end();
  return reply.kind !== "failed";
}

function lastEvent(
  reply: Exclude<Streamed["reply"], { kind: "hang" | "cut" }>,
  usage: Usage,
  { id, model }: Answering,
): StreamEvent {
  if (reply.kind === "failed") {
    const error = { code: reply.code, message: reply.message };
    return { type: "response.failed", response: { id, model, status: "failed", error } };
  }
  if (reply.kind === "incomplete") {
    const incomplete_details = { reason: reply.reason };
    return {
      type: "response.incomplete",
      response: { id, model, status: "incomplete", incomplete_details, usage: wire(usage) },
    };
  }
  return { type: "response.completed", response: { id, model, status: "completed", output: [], usage: wire(usage) } };
}

function sendItem(response: ServerResponse, item: ModelItem, at: number): void {
  send(response, { type: "response.output_item.added", output_index: at, item });
  send(response, { type: "response.output_item.done", output_index: at, item });
}

function wholeAnswer(items: readonly ModelItem[], usage: Usage, { id, model, compact }: Answering): Json {
  if (compact) return { id, object: "response.compaction", output: items, usage: wire(usage) };
  return { id, object: "response", model, status: "completed", output: items, usage: wire(usage) };
}

function wire({ input, cached, output, reasoning }: Usage): Json {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

function send(response: ServerResponse, event: StreamEvent): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function sendJson(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
