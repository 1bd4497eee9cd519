import { hashParts } from "../kit/hash.ts";
import { ATTEMPT_FAILURES, isAttemptFailureCode, type AttemptFailureCode } from "../model/attempt-failure.ts";

/** More of a failure's text says nothing more about what kind it is, and may differ by accident. */
const LONGEST = 2_000;

/** What differs between two failures that look the same, in the order it is taken out. */
const VARYING: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\p{Cc}\[[0-9;]*[A-Za-z]/gu, ""],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`)\]]+/gi, "<url>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  [/\b(?:req|resp|call|chatcmpl|msg|thread|item|org|proj|rs)[_-][A-Za-z0-9_-]{6,}\b/g, "<id>"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/gi, "<hash>"],
  [/[\w.@~:-]*[\\/][^\s"'`:,;()[\]{}<>]*/g, "<path>"],
  [/\d+(?:[.,]\d+)*/g, "<n>"],
  [/\s+/g, " "],
];

/** Text with everything taken out that differs between failures of one kind: numbers, paths, ids, hashes, times. */
export function normalizedFailure(detail: string): string {
  let text = detail.slice(0, LONGEST);
  for (const [pattern, word] of VARYING) text = text.replaceAll(pattern, word);
  return text.trim().toLowerCase();
}

/** Equal for failures that look the same, whatever the task: 20 hex digits over the code and the normalized detail. */
export function failureSignature(code: AttemptFailureCode, detail: string): string {
  return hashParts(code, normalizedFailure(detail)).slice(0, 20);
}

/** Seed 004's rule: the code is the text before the first colon, in upper case; nothing there is `UNKNOWN`. */
function codeWordOf(text: string): string {
  const word = (text.split(":", 1)[0] ?? "").trim().toUpperCase();
  return word === "" ? "UNKNOWN" : word;
}

/** Seed 004's prefixes and what we call their most likely code, first match in this order; what is left is `UNKNOWN`. */
const PREFIXES: readonly (readonly [matches: (word: string) => boolean, code: AttemptFailureCode])[] = [
  [startsWith("CAP_MINUTES"), "CAP_MINUTES"],
  [startsWith("CAP_ITERATION"), "CAP_TURNS"],
  [startsWith("CAP_TOKEN"), "CAP_TOKENS"],
  [startsWith("CAP_"), "CAP_USD"],
  [startsWith("BLOCKED_COMMAND"), "BLOCKED_COMMAND"],
  [startsWith("DOMAIN_NOT_ALLOWLISTED"), "DOMAIN_NOT_ALLOWLISTED"],
  [startsWith("ALLOWED_PATHS_VIOLATION"), "ALLOWED_PATHS_VIOLATION"],
  [(word) => word.endsWith("APPROVAL_REQUIRED"), "POLICY_UNKNOWN"],
  [startsWith("SECRET_PATTERN_DETECTED"), "SECRET_PATTERN_DETECTED"],
  [startsWith("ACCEPTANCE_COMMAND_FAILED"), "ACCEPTANCE_COMMAND_FAILED"],
  [startsWith("GIT_"), "GIT_FAILED"],
  [startsWith("GITHUB_"), "GITHUB_FAILED"],
  [startsWith("KILL_SWITCH_ACTIVE"), "KILL_SWITCH_ACTIVE"],
  [startsWith("NO_"), "NO_OUTPUT"],
  [startsWith("WORKSPACE_NOT_READY"), "WORKSPACE_NOT_READY"],
  [startsWith("INVALID_"), "INVALID_OUTPUT"],
];

function startsWith(prefix: string): (word: string) => boolean {
  return (word) => word.startsWith(prefix);
}

/** The code of a failure that comes as text: our own by name, the predecessor's by its prefixes, else `UNKNOWN`. */
export function classifyFailure(text: string): AttemptFailureCode {
  const word = codeWordOf(text);
  if (isAttemptFailureCode(word)) return word;
  return PREFIXES.find(([matches]) => matches(word))?.[1] ?? "UNKNOWN";
}

/** Limits that a task reached, people's decisions and lost machines say nothing about other tasks. */
const OWN_AFFAIRS: ReadonlySet<string> = new Set(["budget_cap", "approval_gate"]);
const SAYS_NOTHING: ReadonlySet<AttemptFailureCode> = new Set([
  "CANCELLED",
  "KILL_SWITCH_ACTIVE",
  "RUNNER_LOST",
  "HOST_LOST",
  "NO_CHANGE",
]);

/** Whether the same failure on several tasks points at a common cause, so that it counts for a breaker. */
export function correlates(code: AttemptFailureCode): boolean {
  return !OWN_AFFAIRS.has(ATTEMPT_FAILURES[code].category) && !SAYS_NOTHING.has(code);
}
