import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { Failure } from "../model/failure.ts";
import { refuse } from "./http-failure.ts";

export interface RequestRules {
  /** `host:port` names under which this server may be spoken to. */
  readonly hosts: readonly string[];
  /** The operator token; the only thing that lets a write through. */
  readonly token: string;
}

/**
 * A page of another site can make a browser speak to loopback: its name resolves to 127.0.0.1 (Host differs) or it posts
 * across origins (Origin differs). Both are refused before any handler runs, reads included.
 */
export function ownHostOnly(rules: RequestRules): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const origin = context.req.header("origin");
    if (!rules.hosts.includes(host)) return refuse(context, WRONG_HOST, 403);
    if (origin !== undefined && !rules.hosts.some((own) => origin === `http://${own}`))
      return refuse(context, WRONG_ORIGIN, 403);
    return next();
  };
}

/** Anything that changes state needs the operator token as a bearer; cookies are never looked at. */
export function operatorOnlyWrites(rules: RequestRules): MiddlewareHandler {
  return async (context, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(context.req.method)) return next();
    return hasToken(context, rules.token) ? next() : refuse(context, NO_TOKEN, 401);
  };
}

/** The page may run only its own files, be framed by nobody, and send nothing elsewhere. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

function hasToken(context: Context, token: string): boolean {
  const given = Buffer.from(context.req.header("authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const WRONG_HOST: Failure = {
  code: "gate_says_no",
  message: "This server does not answer under that name.",
  cause: "The Host header is not one of its own, which is how another site would reach it through your browser.",
  hint: "Do this: open the address that `codex-loop up` printed.",
  retry: "never",
};

const WRONG_ORIGIN: Failure = {
  ...WRONG_HOST,
  message: "This server does not answer pages of other sites.",
  cause: "The Origin header names another site.",
};

const NO_TOKEN: Failure = {
  code: "auth_missing",
  message: "This needs the operator token.",
  cause: "The request changes something and carries no valid `Authorization: Bearer` header.",
  hint: "Do this: use the link that `codex-loop up` printed, or the token in the file `operator-token` beside the store.",
  retry: "never",
};
