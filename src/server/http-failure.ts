import type { Context } from "hono";
import type { Failure, FailureCode } from "../model/failure.ts";
import type { FailureBody } from "../views/shapes/failure.ts";

type Status = 400 | 401 | 403 | 404 | 409 | 422 | 500 | 503;

/** HTTP status of every failure code. */
export const FAILURE_STATUS: { readonly [Code in FailureCode]: Status } = {
  failed: 500,
  config_invalid: 500,
  node_too_old: 500,
  usage: 400,
  gate_says_no: 403,
  audit_failed: 409,
  auth_missing: 401,
  not_found: 404,
  path_missing: 404,
  conflict: 409,
  port_taken: 409,
  store_newer: 409,
  store_older: 409,
  store_unsafe: 500,
  store_unreadable: 500,
  approval_needed: 409,
  store_busy: 503,
  try_later: 503,
  interrupted: 503,
};

export function refuse(context: Context, failure: Failure, status: Status = FAILURE_STATUS[failure.code]): Response {
  const { code, message, cause, hint, retry } = failure;
  const body: FailureBody = { error: { code, message, cause, hint, retry } };
  return context.json(body, status);
}
