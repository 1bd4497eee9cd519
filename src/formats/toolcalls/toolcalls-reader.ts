import { hashParts, sha256 } from "../../kit/hash.ts";
import { canonicalJson, numberAt } from "../../kit/json.ts";
import { dayOf, instantBefore } from "../../model/time.ts";
import type { TokenCounts } from "../../model/tokens.ts";
import type { CallItem, LineReader, RawLine, ReadLine, SessionRecord, TraceRecord } from "../record.ts";
import { readToolcall, type Toolcall, usesNoModel } from "./toolcall-line.ts";
import { estimatedUsage, type EstimateOptions, ESTIMATE_DEFAULTS, type ToolcallUsage } from "./toolcall-usage.ts";

export interface ToolcallsOptions {
  /** How to guess tokens where a line has none; `null` not to guess. */
  readonly estimate: EstimateOptions | null;
}

/**
 * Reads `.codex/toolcalls.ndjson`. A log has no threads, so its calls of one UTC day are a session, whoever made them:
 * a retry by a person of what the agent failed at belongs to one story. A call is known by the hash of its line: the
 * same line twice is one call.
 */
export function toolcallsReader(path: string, options: ToolcallsOptions = { estimate: ESTIMATE_DEFAULTS }): LineReader {
  const file = sha256(path).slice(0, 12);
  return { source: "toolcalls", read: (line) => readLine(line, { file, options }) };
}

/** `toolcalls:<hash of path>:<day>`. */
export function toolcallsSessionId(path: string, day: string): string {
  return `toolcalls:${sha256(path).slice(0, 12)}:${day}`;
}

interface Scope {
  readonly file: string;
  readonly options: ToolcallsOptions;
}

const decoder: { decode(bytes: Uint8Array): string } = new TextDecoder();

function readLine(line: RawLine, { file, options }: Scope): ReadLine {
  if (line.tail !== null) return { records: [{ kind: "unreadable", reason: "too long" }], ordinal: null };
  const text = decoder.decode(line.head);
  const result = readToolcall(text);
  if (result.kind === "unreadable") return { records: [result], ordinal: null };
  const { call } = result;
  const callId = `call_${hashParts(file, text.trim()).slice(0, 20)}`;
  const session = sessionOf(`toolcalls:${file}:${dayOf(call.at)}`, call);
  const about = [...usageOf(callId, call, options), ...governorOf(callId, call)];
  return { records: [session, itemOf(callId, call), ...about, done(call)], ordinal: null };
}

function sessionOf(id: string, call: Toolcall): SessionRecord {
  return {
    kind: "session",
    at: call.at,
    id,
    rootId: null,
    parentId: null,
    forkedFromId: null,
    revertsFromOrdinal: null,
    cliVersion: null,
    originator: call.actor,
    cwd: null,
    git: null,
    startedAt: null,
    timeless: false,
  };
}

/** The family is tool and action: what the predecessor's own retries and recoveries are counted by. */
function itemOf(callId: string, call: Toolcall): CallItem {
  const { at, durationMs } = call;
  const outcome = call.ok ? "ok" : "failed";
  const output = [call.errorType, call.errorMessage].filter((part) => part !== null).join(": ");
  return {
    kind: "call_item",
    at,
    callId,
    turnId: null,
    tool: call.tool,
    input: call.action,
    family: `${call.tool} ${call.action}`,
    startedAt: durationMs === null ? null : instantBefore(at, durationMs),
    verdict: { outcome, exitCode: null, process: null, output, statedMs: durationMs },
    changes: [],
  };
}

function usageOf(callId: string, call: Toolcall, options: ToolcallsOptions): readonly TraceRecord[] {
  const guess =
    options.estimate === null || usesNoModel(call.tool) ? null : estimatedUsage(call.durationMs, options.estimate);
  const usage = call.usage ?? guess;
  if (usage === null) return [];
  const provenance = usage.estimated ? "estimated" : "measured";
  return [
    { kind: "usage", at: call.at, turnId: null, responseId: `resp_${callId}`, tokens: tokensOf(usage), provenance },
  ];
}

/**
 * The log counts reasoning beside the output, we count it inside. Where the stated total is input and output alone,
 * the logger passed on a provider's counts, in which the output has it already.
 */
function tokensOf(usage: ToolcallUsage): TokenCounts {
  const [input, stated, reasoning] = [usage.input ?? 0, usage.output ?? 0, usage.reasoning ?? 0];
  const inside = usage.total === input + stated;
  return {
    input,
    cachedInput: usage.cacheRead ?? 0,
    cacheWriteInput: usage.cacheWrite ?? 0,
    output: inside ? stated : stated + reasoning,
    reasoning,
    total: usage.total ?? input + stated + reasoning,
  };
}

/** A line is written when its call is over, so nothing is left open: each call is a finished turn of its own. */
function done(call: Toolcall): TraceRecord {
  return { kind: "turn_ended", at: call.at, turnId: null, outcome: "completed", error: null };
}

/** The governor's label, as it stands. It never paused anything, so it is a note beside the call. */
function governorOf(callId: string, call: Toolcall): readonly TraceRecord[] {
  const governor = call.retryGovernor;
  if (governor === null) return [];
  const detail = `retryGovernor ${canonicalJson(governor)}`;
  return [
    {
      kind: "mark",
      mark: "warning",
      at: call.at,
      turnId: null,
      callId,
      detail,
      count: numberAt(governor, "burstCount"),
    },
  ];
}
