/**
 * The same numbers by our rules, from the records of our reader: every word of refusal counts, operations in either
 * case, turns by their id, calls by theirs, and a delight only where its condition was really put to the test.
 */
import type { CallOutcome } from "../../model/outcome.ts";
import type { TraceRecord } from "../record.ts";
import { isShellTool } from "../tool-name.ts";
import type { Metrics } from "./compat-row.ts";

interface CallFacts {
  readonly tool: string;
  readonly outcome: CallOutcome;
  readonly exitCode: number | null;
}

const REVERT_WORDS = /\b(?:undo|revert|go back|delete that|remove that|cancel)\b/i;

/** One thread by our rules; takes its records in order, answers already joined to their calls. */
export class CorrectedSpine {
  readonly #calls = new Map<string, CallFacts>();
  readonly #turns = new Set<string>();
  readonly #marks = new Map<string, number>();
  readonly #actions = new Map<string, Set<string>>();
  #reverts = 0;
  #lastCommand: CallOutcome | null = null;

  take(record: TraceRecord): void {
    if ("turnId" in record && record.turnId !== null && record.kind !== "mark") this.#turns.add(record.turnId);
    if (record.kind === "call_started") this.#started(record.callId, record.tool);
    if (record.kind === "call_item") this.#item(record);
    if (record.kind === "call_ended") this.#ended(record.callId, record.verdict);
    if (record.kind === "mark") this.#mark(markName(record));
    if (record.kind === "message" && record.role === "user" && REVERT_WORDS.test(record.text)) this.#reverts += 1;
  }

  metrics(): Metrics {
    const calls = [...this.#calls.values()];
    const count = (test: (call: CallFacts) => boolean): number => calls.filter(test).length;
    const refused = (call: CallFacts): boolean => call.outcome === "denied_by_user";
    const asked = this.#marked("approval_asked");
    const denials = count(refused);
    const commands = calls.filter((call) => isShellTool(call.tool) && !refused(call));
    const churned = [...this.#actions.values()].some((kinds) => kinds.has("add") && kinds.has("delete"));
    return {
      turns: this.#turns.size,
      tool_calls: calls.length,
      approval_requests: asked,
      exec_failure: count((call) => isShellTool(call.tool) && call.outcome === "failed" && call.exitCode !== 0),
      patch_failure: count((call) => call.tool === "apply_patch" && call.outcome === "failed"),
      denial_exec: count((call) => refused(call) && call.tool !== "apply_patch"),
      denial_patch: count((call) => refused(call) && call.tool === "apply_patch"),
      repeated_denial: Number(denials >= 3),
      undo: this.#marked("undo"),
      rollback: this.#marked("rollback"),
      revert_in_message: this.#reverts,
      compaction: this.#marked("compaction"),
      repeated_compaction: Number(this.#marked("compaction") >= 2),
      error_event: this.#marked("error"),
      timeout: this.#marked("timeout"),
      stream_error: this.#marked("stream_error"),
      truncation_warning: this.#marked("truncation"),
      plan_update_churn: Number(this.#marked("plan_update") >= 5),
      file_churn: Number(churned),
      fast_completion: Number(this.#turns.size > 0 && this.#turns.size <= 3 && this.#lastCommand === "ok"),
      zero_denial: asked === 0 ? null : Number(denials === 0),
      first_attempt_success: Number(commands.length > 0 && commands.every((call) => call.outcome === "ok")),
    };
  }

  #started(callId: string, tool: string): void {
    if (!this.#calls.has(callId)) this.#calls.set(callId, { tool, outcome: "unfinished", exitCode: null });
  }

  #item(item: Extract<TraceRecord, { kind: "call_item" }>): void {
    this.#started(item.callId, item.tool);
    for (const { path, kind } of item.changes) {
      this.#actions.set(path, (this.#actions.get(path) ?? new Set<string>()).add(kind));
    }
  }

  #ended(
    callId: string,
    { outcome, exitCode }: { readonly outcome: CallOutcome; readonly exitCode: number | null },
  ): void {
    const call = this.#calls.get(callId);
    if (call === undefined) return;
    this.#calls.set(callId, { ...call, outcome, exitCode });
    if (isShellTool(call.tool) && outcome !== "denied_by_user") this.#lastCommand = outcome;
  }

  #mark(name: string): void {
    this.#marks.set(name, this.#marked(name) + 1);
  }

  #marked(name: string): number {
    return this.#marks.get(name) ?? 0;
  }
}

/** Errors and warnings under the name of what they say. */
function markName(mark: Extract<TraceRecord, { kind: "mark" }>): string {
  const text = mark.detail.toLowerCase();
  if (mark.mark === "error" && text.includes("timeout")) return "timeout";
  if (mark.mark === "warning" && text.includes("truncat")) return "truncation";
  return mark.mark;
}
