import { closedWord, modelOf } from "../../formats/responses/read-answer.ts";
import { isObject, numberAt, parseJson, stringAt, wholeOrNull } from "../../kit/json.ts";
import type { RequestFacts } from "../../model/model-request.ts";

/** Codex says here whose request it is. It is the agent's word: good for attribution, never for who pays. */
export const METADATA_HEADER = "x-codex-turn-metadata";

/** A file inside the request counts as so many bytes, however large: models bill images by size, not by base64. */
const INLINE_FILE_BYTES = 8192;

/** What is wrong with a request that cannot be counted. */
export type Uncountable = { readonly kind: "uncountable"; readonly why: string };

/** What the ledger needs to know of a request, from its body and the agent's own word on whose it is. */
export function factsOf(body: Buffer, metadata: string | undefined, route: string): RequestFacts | Uncountable {
  const document = parseJson(body.toString("utf8"));
  if (!isObject(document)) return { kind: "uncountable", why: "The request body is not a JSON object." };
  if (document["background"] === true) {
    return { kind: "uncountable", why: "A background response goes on where nobody counts it: leave background out." };
  }
  const told = parseJson(metadata ?? "");
  return {
    model: modelOf(document),
    requestKind: route === "compact" ? "compaction" : closedWord(stringAt(told, "request_kind")),
    threadId: closedWord(stringAt(told, "thread_id")),
    bodyBytes: body.length - inlineBytes(document),
    maxOutput: atLeastOne(wholeOrNull(numberAt(document, "max_output_tokens"))),
  };
}

function atLeastOne(count: number | null): number | null {
  return count === null || count < 1 ? null : count;
}

/** How many bytes of the body are files that count flat. Walks without recursion: the body may be nested very deeply. */
function inlineBytes(document: unknown): number {
  let bytes = 0;
  const left: unknown[] = [document];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === "string") bytes += flatBytes(value);
    else if (Array.isArray(value)) for (const item of value) left.push(item);
    else if (isObject(value)) for (const item of Object.values(value)) left.push(item);
  }
  return bytes;
}

function flatBytes(text: string): number {
  return /^data:(image|audio|application)\//.test(text) ? Math.max(0, text.length - INLINE_FILE_BYTES) : 0;
}
