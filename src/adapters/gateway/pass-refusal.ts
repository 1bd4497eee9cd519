import type { IncomingMessage, ServerResponse } from "node:http";
import { headersForAgent } from "./forwarded-headers.ts";

/** Passes a refusal of the provider on as it is, but for the key: some providers repeat the one they refuse. */
export async function passRefusal(from: IncomingMessage, to: ServerResponse, key: string): Promise<void> {
  try {
    const body = concealed(await bodyOf(from), key);
    const headers = { ...headersForAgent(from.headers, key), "content-length": body.length };
    to.writeHead(from.statusCode ?? 502, headers).end(body);
  } catch {
    to.destroy();
  }
}

/** Refusals are short; of one that is not, the start has to do. */
const REFUSAL_BYTES = 1024 * 1024;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= REFUSAL_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, REFUSAL_BYTES);
}

function concealed(body: Buffer, key: string): Buffer {
  if (key === "" || !body.includes(key)) return body;
  // Latin-1 keeps every byte as it is, whatever the text's own encoding.
  return Buffer.from(body.toString("latin1").replaceAll(key, "[key]"), "latin1");
}
