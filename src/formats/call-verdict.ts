import { isObject, numberAt, objectAt, parseJson, stringAt } from "../kit/json.ts";
import type { CallOutcome } from "../model/outcome.ts";
import type { CallVerdict } from "./record.ts";
import { refusalOf } from "./refusals.ts";

/**
 * Reads the output of a call: text, an array of `{type, text}` parts, or `{content, success}`. Every rule looks at the
 * head that Codex itself writes, never at what the program printed below it.
 */
export function verdictOf(output: unknown): CallVerdict {
  if (typeof output === "string") return textVerdict(output);
  if (Array.isArray(output)) return partsVerdict(output);
  if (!isObject(output)) return verdict("ok", "");
  const inner = verdictOf(output["content"] ?? "");
  return output["success"] === false && inner.outcome === "ok" ? { ...inner, outcome: "failed" } : inner;
}

/** The verdict of output text; `tail` is the end of the line where the text in between is missing. */
export function textVerdict(text: string, tail = ""): CallVerdict {
  const refusal = refusalOf(text);
  if (refusal !== null) return verdict(refusal, text);
  if (text.startsWith('{"output":')) return shellJsonVerdict(text, tail);
  if (text.startsWith("Script ")) return cellVerdict(text);
  if (HEADED.test(text)) return headedVerdict(text, tail);
  const denied = /^(?:failed in sandbox|execution error|sandbox denied exec error)[^\n]*/.exec(text)?.[0];
  if (denied === undefined) return verdict("ok", text);
  return verdict("failed", text, { exitCode: numberIn(/exit code: (-?\d+)/, denied) });
}

interface Details {
  readonly exitCode?: number | null;
  readonly process?: string;
  readonly statedMs?: number | null;
}

/** A verdict with what is known; the rest is null. */
export function verdict(outcome: CallOutcome, output: string, details: Details = {}): CallVerdict {
  return {
    outcome,
    exitCode: details.exitCode ?? null,
    process: details.process ?? null,
    output,
    statedMs: details.statedMs ?? null,
  };
}

/** The verdict of something that ended with `exitCode`; −1 is Codex's word for killed. */
export function exitVerdict(exitCode: number, output: string, statedMs: number | null = null): CallVerdict {
  return verdict(exitCode === 0 ? "ok" : "failed", output, { exitCode, statedMs });
}

/** Parts of an output: only the first can be Codex's own head, the others are what the tool answered. */
function partsVerdict(parts: readonly unknown[]): CallVerdict {
  const texts = parts.map((part) => stringAt(part, "text") ?? "");
  const head = texts[0] ?? "";
  const bare = /^Wall time: ([\d.]+) seconds\nOutput:\n?$/.exec(head);
  if (bare === null) return textVerdict(texts.join(texts.length > 1 && !head.endsWith("\n") ? "\n" : ""));
  return verdict("ok", texts.slice(1).join("\n"), { statedMs: secondsToMs(bare[1]) });
}

/** `{"output":…,"metadata":{"exit_code":N,"duration_seconds":X}}`; cut text still has its exit code in the tail. */
function shellJsonVerdict(text: string, tail: string): CallVerdict {
  const parsed = parseJson(text);
  const metadata = objectAt(parsed, "metadata");
  const exitCode =
    numberAt(metadata, "exit_code") ?? (parsed === undefined ? numberIn(EXIT_IN_TAIL, tail || text) : null);
  const output = stringAt(parsed, "output") ?? text;
  const seconds = numberAt(metadata, "duration_seconds");
  const statedMs = seconds === null ? null : Math.round(seconds * 1000);
  if (exitCode === null) return verdict("ok", output, { statedMs });
  return exitVerdict(exitCode, output, statedMs);
}

/** The exit code as it stands in JSON, or in JSON inside a JSON string. */
const EXIT_IN_TAIL = /exit_code\\*":(-?\d+)(?![\s\S]*exit_code\\*":-?\d)/;

/** A code cell. What its nested calls did is theirs: only the script itself can fail the cell. */
function cellVerdict(text: string): CallVerdict {
  const head =
    /^Script (completed|failed|terminated|running with cell ID (\S+))\n(?:Wall time:? ([\d.]+) seconds)?/.exec(text);
  if (head === null) return verdict("ok", text);
  const statedMs = secondsToMs(head[3]);
  if (head[2] !== undefined) return verdict("running", body(text), { process: `cell ${head[2]}`, statedMs });
  const outcome = head[1] === "failed" ? "failed" : head[1] === "terminated" ? "aborted" : "ok";
  return verdict(outcome, body(text), { statedMs });
}

const HEADED = /^(?:Chunk ID: |Wall time|Exit code: |Process (?:exited|running) |Total output lines|command timed out)/;

/** A head of `Name: value` lines above `Output:`; a head with no code may wrap another output (`apply_patch` in a shell). */
function headedVerdict(text: string, tail: string): CallVerdict {
  const end = text.indexOf("\nOutput:");
  const head = end < 0 ? text : text.slice(0, end);
  const exitCode = numberIn(/^(?:Process exited with code|Exit code:) (-?\d+)/m, head);
  const statedMs = secondsToMs(/^Wall time:? ([\d.]+) seconds/m.exec(head)?.[1]);
  if (exitCode !== null) return exitVerdict(exitCode, body(text), statedMs);
  const process = /^Process running with session ID (\S+)/m.exec(head)?.[1];
  if (process !== undefined) return verdict("running", body(text), { process, statedMs });
  if (head.startsWith("command timed out")) return verdict("failed", text, { exitCode: 124 });
  const inner = body(text);
  if (end >= 0 && /^(?:\{"output":|Exit code: )/.test(inner)) return textVerdict(inner, tail);
  return verdict("ok", inner, { statedMs });
}

/** What stands below `Output:`; the whole text where there is no such line. */
function body(text: string): string {
  const end = text.indexOf("\nOutput:");
  return end < 0 ? text : text.slice(end + 8).replace(/^\n/, "");
}

function numberIn(pattern: RegExp, text: string): number | null {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function secondsToMs(seconds: string | undefined): number | null {
  const ms = Math.round(Number(seconds) * 1000);
  return Number.isFinite(ms) ? ms : null;
}

/**
 * Words that only a sandbox causes: a read-only file system, a socket call that is not permitted. A plain
 * `Permission denied` is ordinary. Means `sandbox_denied` only for a call that failed in a sandboxed turn.
 */
export function isSandboxText(output: string): boolean {
  return SANDBOX_TEXT.test(output);
}

const SANDBOX_TEXT =
  /read-only file system|\bEROFS\b|\b(?:socket|connect|listen|bind|sendto|getaddrinfo)\b[^\n]{0,80}(?:\bEPERM\b|operation not permitted)|\bEPERM\b[^\n]{0,80}\b(?:socket|connect|listen|bind)\b/i;
