import { isSandboxText } from "../../src/formats/call-verdict.ts";
import type { CallItem, CallStarted, CallVerdict, ReadLine } from "../../src/formats/record.ts";

/** A call as the records of its file tell it. */
export interface FoldedCall {
  readonly callId: string;
  readonly tool: string;
  readonly outcome: string;
  readonly exitCode: number | null;
}

/** A fold just large enough to check the readers against the truth of the recordings, independent of the product's. */
export function callOutcomes(lines: readonly ReadLine[]): readonly FoldedCall[] {
  const started = new Map<string, CallStarted>();
  const verdicts = new Map<string, CallVerdict>();
  const items = new Map<string, CallItem>();
  const sandboxed = new Set<string>();
  let sandbox: string | null = null;
  for (const record of lines.flatMap(({ records }) => records)) {
    if (record.kind === "context") sandbox = record.sandbox;
    if (record.kind === "call_started") started.set(record.callId, record);
    if (record.kind === "call_started" && sandbox !== "danger-full-access" && !record.escalated)
      sandboxed.add(record.callId);
    if (record.kind === "call_item") items.set(record.callId, record);
    if (record.kind === "call_ended") verdicts.set(record.callId, record.verdict);
  }
  const ends = processEnds(started, verdicts);
  const calls = [...started.values()].map((call) => {
    const verdict = verdicts.get(call.callId);
    if (verdict === undefined) return folded(call, null);
    if (call.process !== null) return folded(call, { ...verdict, outcome: "ok", exitCode: null });
    const final = verdict.process === null ? verdict : (ends.get(verdict.process) ?? verdict);
    const item = items.get(call.callId)?.verdict;
    const undecided = final.outcome === "ok" && final.exitCode === null;
    const joined = undecided && item !== undefined && item.outcome !== "ok" ? item : final;
    const denied = joined.outcome === "failed" && sandboxed.has(call.callId) && isSandboxText(joined.output);
    return folded(call, denied ? { ...joined, outcome: "sandbox_denied" } : joined);
  });
  const nested = [...items.values()]
    .filter((item) => !started.has(item.callId))
    .map((item) => folded(item, item.verdict));
  return [...calls, ...nested];
}

function processEnds(
  started: ReadonlyMap<string, CallStarted>,
  verdicts: ReadonlyMap<string, CallVerdict>,
): ReadonlyMap<string, CallVerdict> {
  const ends = new Map<string, CallVerdict>();
  for (const [callId, verdict] of verdicts) {
    const process = started.get(callId)?.process ?? null;
    if (process !== null && verdict.exitCode !== null) ends.set(process, verdict);
  }
  return ends;
}

function folded(call: { readonly callId: string; readonly tool: string }, verdict: CallVerdict | null): FoldedCall {
  return {
    callId: call.callId,
    tool: call.tool,
    outcome: verdict?.outcome ?? "unfinished",
    exitCode: verdict?.exitCode ?? null,
  };
}
