/**
 * The signals of seed 002's detector over one thread, as its code found them, mistakes included: it knows only the
 * word `denied`, only `Undo` and `ThreadRollback` in Pascal case, and counts turn contexts as turns.
 */
import { isObject, numberAt, objectAt, stringAt } from "../../kit/json.ts";
import type { SpineLine } from "../spine/spine-line.ts";
import type { Metrics } from "./compat-row.ts";

const REVERT_WORDS = ["undo", "revert", "go back", "delete that", "remove that", "cancel"];

/** What the detector adds up while it reads. */
const COUNTS = [
  "turn_contexts",
  "user_turns",
  "calls_begun",
  "execs",
  "execs_ok",
  "exec_failure",
  "patches_ok",
  "patch_failure",
  "approval_requests",
  "denial_exec",
  "denial_patch",
  "undo",
  "rollback",
  "revert_in_message",
  "compaction",
  "plan_updates",
  "error_event",
  "timeout",
  "stream_error",
  "truncation_warning",
] as const;
type Count = (typeof COUNTS)[number];

/** One thread as the detector sees it. */
export class SpineDetector {
  readonly #counts = new Map<Count, number>();
  readonly #actions = new Map<string, Set<string>>();

  take(line: SpineLine): void {
    if (line.type === "turn_context") this.#add("turn_contexts");
    else if (line.type === "compaction_boundary") this.#add("compaction");
    else if (line.type === "submission") this.#submission(objectAt(line.payload, "op") ?? {});
    else if (line.type === "event") this.#event(objectAt(line.payload, "msg") ?? {});
  }

  /** Signals it would have stored (how many of each), and the facts it shows of a session. */
  metrics(): Metrics {
    const count = (name: Count): number => this.#counts.get(name) ?? 0;
    const denials = count("denial_exec") + count("denial_patch");
    const turns = count("turn_contexts") || count("user_turns");
    const anySuccess = count("execs_ok") + count("patches_ok") > 0;
    const churned = [...this.#actions.values()].some((kinds) => kinds.has("add") && kinds.has("delete"));
    return {
      ...Object.fromEntries(COUNTS.map((name) => [name, count(name)])),
      turns: count("turn_contexts"),
      tool_calls: count("calls_begun"),
      repeated_denial: Number(denials >= 3),
      repeated_compaction: Number(count("compaction") >= 2),
      plan_update_churn: Number(count("plan_updates") >= 5),
      file_churn: Number(churned),
      fast_completion: Number(turns > 0 && turns <= 3 && anySuccess),
      zero_denial: Number(count("approval_requests") > 0 && denials === 0),
      first_attempt_success: Number(count("execs") > 0 && count("execs") === count("execs_ok")),
    };
  }

  #add(name: Count): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #submission(op: Record<string, unknown>): void {
    const type = stringAt(op, "type");
    if (type === "exec_approval" && isDenied(op)) this.#add("denial_exec");
    if (type === "patch_approval" && isDenied(op)) this.#add("denial_patch");
    if (type === "Undo") this.#add("undo");
    if (type === "ThreadRollback") this.#add("rollback");
    if (type === "user_turn") this.#add("user_turns");
    if (type === "user_turn" && saysRevert(op["items"])) this.#add("revert_in_message");
  }

  #event(msg: Record<string, unknown>): void {
    const nested = objectAt(msg, "payload");
    const fields = nested === null || Object.keys(nested).length === 0 ? msg : nested;
    switch (stringAt(msg, "type")) {
      case "exec_command_begin":
      case "patch_apply_begin":
        return this.#add("calls_begun");
      case "exec_command_end":
        return this.#execEnd(numberAt(fields, "exit_code"));
      case "patch_apply_end":
        return this.#patchEnd(fields);
      case "exec_approval_request":
      case "apply_patch_approval_request":
        return this.#add("approval_requests");
      case "plan_update":
        return this.#add("plan_updates");
      case "error":
        return this.#add(mentions(fields, "timeout") ? "timeout" : "error_event");
      case "stream_error":
        return this.#add("stream_error");
      case "warning":
        return mentions(fields, "truncat") ? this.#add("truncation_warning") : undefined;
      default:
        return undefined;
    }
  }

  #execEnd(exitCode: number | null): void {
    this.#add("execs");
    if (exitCode === 0) this.#add("execs_ok");
    else if (exitCode !== null) this.#add("exec_failure");
  }

  #patchEnd(fields: Record<string, unknown>): void {
    this.#add(succeeded(fields) ? "patches_ok" : "patch_failure");
    for (const [path, change] of Object.entries(objectAt(fields, "changes") ?? {})) {
      const kinds = this.#actions.get(path) ?? new Set<string>();
      this.#actions.set(path, kinds.add(stringAt(change, "type") ?? "update"));
    }
  }
}

function isDenied(op: Record<string, unknown>): boolean {
  const decision = op["decision"];
  return decision === "denied" || stringAt(decision, "type") === "denied";
}

function saysRevert(items: unknown): boolean {
  const texts = Array.isArray(items) ? items.filter((item) => isObject(item) && item["type"] === "text") : [];
  return texts.some((item) => {
    const text = (stringAt(item, "text") ?? "").toLowerCase();
    return REVERT_WORDS.some((word) => text.includes(word));
  });
}

function mentions(fields: Record<string, unknown>, word: string): boolean {
  return (stringAt(fields, "message") ?? "").toLowerCase().includes(word);
}

/** A patch that does not say counts as applied; one that says anything empty does not. */
function succeeded(fields: Record<string, unknown>): boolean {
  return !Object.hasOwn(fields, "success") || Boolean(fields["success"]);
}
