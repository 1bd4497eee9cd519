import type { IncomingMessage } from "node:http";
import { isObject, objectAt, parseJson, stringAt } from "../../../src/kit/json.ts";
import type { Asker } from "./model-turn.ts";

/** A request as the model's side got it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly who: Asker;
  readonly threadId: string | null;
  /** True once the client went away before the answer was whole. */
  readonly gone: Promise<boolean>;
}

export async function readRequest(request: IncomingMessage, gone: Promise<boolean>): Promise<SeenRequest> {
  const text = Buffer.concat(await request.toArray()).toString("utf8");
  const body = parseJson(text);
  const facts = factsOf(request, body);
  const path = new URL(request.url ?? "/", "http://model").pathname;
  const threadId = stringAt(facts, "thread_id");
  return {
    path,
    headers: request.headers,
    text,
    body: isObject(body) ? body : {},
    who: path.endsWith("/compact") ? "compaction" : askerOf(facts),
    threadId,
    gone,
  };
}

/** Codex says whose request it is in a header, which a gateway may keep, and again in the body. */
function factsOf(request: IncomingMessage, body: unknown): unknown {
  const name = "x-codex-turn-metadata";
  const told = request.headers[name] ?? stringAt(objectAt(body, "client_metadata"), name);
  return parseJson(String(told ?? "{}"));
}

function askerOf(facts: unknown): Asker {
  if (stringAt(facts, "request_kind") === "compaction") return "compaction";
  return stringAt(facts, "thread_id") === stringAt(facts, "session_id") ? "main" : "sub";
}
