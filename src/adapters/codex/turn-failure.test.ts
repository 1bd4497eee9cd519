import { expect, test } from "vitest";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import { turnFailure } from "./turn-failure.ts";

const CASES: readonly (readonly [unknown, AttemptFailureCode])[] = [
  ["usageLimitExceeded", "PROVIDER_QUOTA"],
  ["sessionBudgetExceeded", "PROVIDER_QUOTA"],
  ["rateLimitExceeded", "PROVIDER_RATE_LIMIT"],
  ["contextWindowExceeded", "CONTEXT_WINDOW_EXCEEDED"],
  ["unauthorized", "PROVIDER_AUTH"],
  ["serverOverloaded", "PROVIDER_UNAVAILABLE"],
  ["sandboxError", "SANDBOX_UNAVAILABLE"],
  ["badRequest", "AGENT_FAILED"],
  ["aWordOfTomorrow", "AGENT_FAILED"],
  [{ responseTooManyFailedAttempts: { httpStatusCode: 429 } }, "PROVIDER_RATE_LIMIT"],
  [{ httpConnectionFailed: { httpStatusCode: 401 } }, "PROVIDER_AUTH"],
  [{ httpConnectionFailed: { httpStatusCode: 404 } }, "AGENT_FAILED"],
  [{ responseStreamDisconnected: { httpStatusCode: null } }, "PROVIDER_UNAVAILABLE"],
  [{ responseStreamConnectionFailed: { httpStatusCode: 503 } }, "PROVIDER_UNAVAILABLE"],
  [{ activeTurnNotSteerable: { turnKind: "review" } }, "AGENT_FAILED"],
  [null, "AGENT_FAILED"],
];

test.each(CASES)("[RUN-1] %j is %s", (codexErrorInfo, code) => {
  expect(turnFailure({ message: "m", codexErrorInfo }).code).toBe(code);
});

test.each([
  "stream disconnected before completion: idle timeout waiting for SSE",
  "stream closed before response.completed",
  "error sending request for url (http://127.0.0.1:1/v1/responses)",
])("[RUN-1] a broken connection without a word of its own is the provider's trouble: %s", (message) => {
  expect(turnFailure({ message, codexErrorInfo: "other" }).code).toBe("PROVIDER_UNAVAILABLE");
});

test("[RUN-1] the detail is Codex's message with what it adds, and an error of no shape still has one", () => {
  expect(turnFailure({ message: "a", additionalDetails: "b", codexErrorInfo: "other" }).detail).toBe("a (b)");
  expect(turnFailure(null)).toEqual({ code: "AGENT_FAILED", detail: expect.stringContaining("did not say why") });
});
