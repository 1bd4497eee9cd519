import type { ServerResponse } from "node:http";
import type { Forbidden, Reservation } from "../../model/model-request.ts";

/** An answer of the gateway's own, in the provider's shape. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** More members of the error. */
  readonly more?: Readonly<Record<string, string | null>>;
  /** Seconds. */
  readonly retryAfter?: number;
}

export const NO_ROUTE: Refusal = {
  status: 404,
  code: "not_found",
  message: "This gateway forwards POST /v1/responses, POST /v1/responses/compact and GET /v1/models, nothing else.",
};

export const NO_TOKEN: Refusal = {
  status: 401,
  code: "invalid_api_key",
  message: "This token is good for nothing here: a token lives as long as its attempt.",
};

export const TOO_LARGE: Refusal = {
  status: 413,
  code: "request_too_large",
  message: "The request is larger than the gateway takes.",
};

export const COMPRESSED: Refusal = {
  status: 415,
  code: "unsupported_content_encoding",
  message: "The gateway reads plain request bodies: switch request compression off.",
};

export const OVERLOADED: Refusal = {
  status: 503,
  code: "server_overloaded",
  message: "The gateway could not ask its ledger, or holds too many requests. Nothing was sent.",
  retryAfter: 1,
};

export const UNREACHABLE: Refusal = {
  status: 502,
  code: "upstream_unreachable",
  message: "The model provider could not be reached. Nothing was sent.",
};

export const BROKEN_OFF: Refusal = {
  status: 502,
  code: "upstream_disconnected",
  message: "The model provider broke off before it answered.",
};

export const TIMED_OUT: Refusal = {
  status: 504,
  code: "upstream_timeout",
  message: "The model provider was silent for too long.",
};

export const UNREADABLE: Refusal = {
  status: 400,
  code: "invalid_request",
  message: "The request body is not a JSON object, or it is nested too deeply.",
};

/** Codex tries a 503 again and never a 429, which would end its turn. */
export const CROWDED: Refusal = {
  status: 503,
  code: "server_overloaded",
  message: "This attempt has as many requests under way as it may have at once. Nothing was sent.",
  retryAfter: 5,
};

const WHY_NOT: Readonly<Record<Forbidden, string>> = {
  background: "A background response goes on where nobody counts it: leave `background` out.",
  store: "Nothing is stored at the provider: send `store: false`.",
  previous_response_id:
    "What is not in the request cannot be counted: send the conversation, not `previous_response_id`.",
  conversation: "What is not in the request cannot be counted: send the conversation itself, not its id.",
  prompt: "What is not in the request cannot be counted: send the instructions, not a stored `prompt`.",
  item_reference: "What is not in the request cannot be counted: send the item, not an `item_reference`.",
  remote_file: "Files and pictures come inside the request: no `file_id`, no `file_url`, no address of a picture.",
  tool: "Tools that the provider runs are not offered here: function, custom, namespace, local_shell and client-side tool_search are.",
  model: "This attempt was ordered with another model, and this one has no known price.",
  service_tier: "Only the usual service tier is paid for: leave `service_tier` out.",
};

export function forbidden(what: Forbidden): Refusal {
  return { status: 400, code: "invalid_request", message: WHY_NOT[what] };
}

/** The shape by which Codex ends its turn with `usage_limit_exceeded` and does not try again. */
export function capHit({ scope, unit }: Extract<Reservation, { readonly kind: "refused" }>): Refusal {
  return {
    status: 429,
    code: "usage_limit_reached",
    message: `The cap of ${scope} in ${unit} leaves no room for this request.`,
    more: { scope, unit, plan_type: null },
  };
}

/** Answers a request without the provider. Nothing happens when an answer has begun or the agent has gone. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  const { status, code, message, more = {}, retryAfter } = refusal;
  const body = JSON.stringify({ error: { type: code, code, message, ...more } });
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
  });
  response.end(body);
}
