import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

/**
 * The request headers that go on to the provider. A list of what may pass, not of what may not: a header nobody thought
 * of cannot carry the agent's token out, change who is billed, or frame the request anew. Codex's metadata stays here:
 * it names folders and remotes of this machine.
 */
const PASS =
  /^(accept|content-type|user-agent|openai-beta|originator|version|idempotency-key|x-client-request-id|session[_-]id|conversation[_-]id|thread[_-]id|x-stainless-[a-z-]+|x-codex-(?!turn-metadata$)[a-z-]+|x-openai-[a-z-]+)$/;

export interface Upstream {
  /** Base address, ending in `/v1`. */
  readonly url: URL;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The real key; asked for only while a request is being sent. */
  readonly key: () => string;
}

/** Headers for the provider: the agent's that may pass, ours over them, and the real key. */
export function headersForProvider(from: IncomingHttpHeaders, upstream: Upstream, bytes: number): OutgoingHttpHeaders {
  const to: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(from)) if (value !== undefined && PASS.test(name)) to[name] = value;
  for (const { name, value } of upstream.headers) to[name.toLowerCase()] = value;
  to["accept-encoding"] = "identity";
  to["authorization"] = `Bearer ${upstream.key()}`;
  if (bytes > 0) to["content-length"] = bytes;
  return to;
}

/** Between two neighbours only, or about another connection than the agent's. */
const HOP =
  /^(connection|keep-alive|proxy-.+|te|trailer|transfer-encoding|upgrade|alt-svc|set-cookie|strict-transport-.+)$/;

/** The provider's headers as the agent gets them: all but what belongs to the connection behind us or names the key. */
export function headersForAgent(from: IncomingHttpHeaders, key: string): OutgoingHttpHeaders {
  const named = new Set((from.connection ?? "").toLowerCase().split(/\s*,\s*/));
  const tells = (value: unknown): boolean => key !== "" && String(value).includes(key);
  const pass = Object.entries(from).filter(([name, value]) => !HOP.test(name) && !named.has(name) && !tells(value));
  return Object.fromEntries(pass);
}
