import { isObject, parseJson } from "../../kit/json.ts";

/** A request body as it was read, and the bytes of exactly that. */
export interface RequestDocument {
  readonly document: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/**
 * Reads a body and writes it anew: what was checked and counted is what is sent. A member that stands twice in the body
 * would else be one thing to us and another to the provider. `null`: it is no JSON object, or nested too deeply to write.
 */
export function requestDocument(body: Buffer): RequestDocument | null {
  const document = parseJson(body.toString("utf8"));
  if (!isObject(document)) return null;
  try {
    return { document, bytes: Buffer.from(JSON.stringify(document)) };
  } catch {
    return null;
  }
}
