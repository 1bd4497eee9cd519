import { isObject, numberAt, stringAt } from "../../kit/json.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { AgentFailure } from "../../ports/agent.ts";

/** Codex's own words for what ended a turn, and ours. A word that is not here is read from the HTTP status or the text. */
const CODES: Readonly<Record<string, AttemptFailureCode>> = {
  contextWindowExceeded: "CONTEXT_WINDOW_EXCEEDED",
  usageLimitExceeded: "PROVIDER_QUOTA",
  sessionBudgetExceeded: "PROVIDER_QUOTA",
  rateLimitExceeded: "PROVIDER_RATE_LIMIT",
  unauthorized: "PROVIDER_AUTH",
  serverOverloaded: "PROVIDER_UNAVAILABLE",
  flexUnavailable: "PROVIDER_UNAVAILABLE",
  policyCapacityUnavailable: "PROVIDER_UNAVAILABLE",
  internalServerError: "PROVIDER_UNAVAILABLE",
  sandboxError: "SANDBOX_UNAVAILABLE",
};

/** Words whose member `httpStatusCode` says more; without one the connection itself was the trouble. */
const CONNECTION = /^(?:httpConnectionFailed|responseStream|responseTooManyFailedAttempts)/;

/** Reads the `error` of a turn that failed. */
export function turnFailure(error: unknown): AgentFailure {
  const message = stringAt(error, "message") ?? "The turn failed and Codex did not say why";
  const more = stringAt(error, "additionalDetails");
  const info = isObject(error) ? error["codexErrorInfo"] : null;
  return { code: codeOf(info, message), detail: more === null ? message : `${message} (${more})` };
}

function codeOf(info: unknown, message: string): AttemptFailureCode {
  if (typeof info === "string") return CODES[info] ?? codeOfMessage(message);
  const word = isObject(info) ? (Object.keys(info)[0] ?? "") : "";
  if (!CONNECTION.test(word)) return codeOfMessage(message);
  return codeOfStatus(isObject(info) ? numberAt(info[word], "httpStatusCode") : null);
}

function codeOfStatus(status: number | null): AttemptFailureCode {
  if (status === 429) return "PROVIDER_RATE_LIMIT";
  if (status === 401 || status === 403) return "PROVIDER_AUTH";
  if (status === null || status >= 500 || status === 408) return "PROVIDER_UNAVAILABLE";
  return "AGENT_FAILED";
}

/** Broken and silent streams have no word of their own in 0.169: they arrive as `other` with one of these texts. */
const STREAM_TROUBLE =
  /^(?:stream (?:disconnected|closed|error)|error sending request|Connection failed)|idle timeout waiting/i;

function codeOfMessage(message: string): AttemptFailureCode {
  return STREAM_TROUBLE.test(message) ? "PROVIDER_UNAVAILABLE" : "AGENT_FAILED";
}
