import { closedWord, modelOf } from "../../formats/responses/read-answer.ts";
import { isObject, numberAt, parseJson, stringAt, wholeOrNull } from "../../kit/json.ts";
import type { RequestFacts } from "../../model/model-request.ts";
import type { RequestDocument } from "./request-document.ts";

/** Codex says here whose request it is. It is the agent's word: good for attribution, never for who pays. */
export const METADATA_HEADER = "x-codex-turn-metadata";

/**
 * A picture counts as so many bytes at most: models bill it by its size in pixels, not by base64. In its original size it
 * is up to 10,000 tokens; in every other one the largest are some 2,500.
 */
const PICTURE_BYTES = 8192;
const ORIGINAL_PICTURE_BYTES = 30_720;

/** What the ledger needs to know of a request, from its body and the agent's own word on whose it is. */
export function factsOf(
  { document, bytes }: RequestDocument,
  metadata: string | undefined,
  route: string,
): RequestFacts {
  const told = parseJson(metadata ?? "");
  return {
    model: modelOf(document),
    requestKind: route === "compact" ? "compaction" : closedWord(stringAt(told, "request_kind")),
    threadId: closedWord(stringAt(told, "thread_id")),
    bodyBytes: bytes.length - pictureBytes(document),
    maxOutput: atLeastOne(wholeOrNull(numberAt(document, "max_output_tokens"))),
  };
}

function atLeastOne(count: number | null): number | null {
  return count === null || count < 1 ? null : count;
}

/** How many bytes of the body need not count: those of pictures, in the only places where a model looks at one. */
function pictureBytes(document: Readonly<Record<string, unknown>>): number {
  const items = listAt(document, "input");
  const parts = items.flatMap((item) => [...listAt(item, "content"), ...listAt(item, "output")]);
  return parts.reduce<number>((sum, part) => sum + flatBytes(part), 0);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const member = isObject(value) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
}

/** Whatever only begins like a picture is text to the model, and counts as text. */
const PICTURE = /^data:image\/[a-z]+;base64,[A-Za-z0-9+/]+={0,2}$/;

function flatBytes(part: unknown): number {
  const url = stringAt(part, "type") === "input_image" ? (stringAt(part, "image_url") ?? "") : "";
  const flat = stringAt(part, "detail") === "original" ? ORIGINAL_PICTURE_BYTES : PICTURE_BYTES;
  return url.length > flat && PICTURE.test(url) ? url.length - flat : 0;
}
