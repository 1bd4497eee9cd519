import { isObject, objectAt, stringAt } from "../../kit/json.ts";
import type { Payload, ReadPayload } from "./payload.ts";

/** `turn_context`: model, policy and sandbox in force; one per model call up to 0.101, later on change. */
export const readTurnContext: ReadPayload = (context, at) => [
  {
    kind: "context",
    at,
    turnId: stringAt(context, "turn_id"),
    model: stringAt(context, "model"),
    approvalPolicy: policyWord(context["approval_policy"]),
    sandbox: stringAt(context["sandbox_policy"], "type") ?? profileWord(context["permission_profile"]),
    cwd: stringAt(context, "cwd"),
  },
];

/**
 * `task_started`. Versions that write `turn_attribution` leave it out for a compaction a person asked for; versions
 * before it are told by the missing `root_turn_id`.
 */
export const readTurnStarted: ReadPayload = (started, at) => [
  {
    kind: "turn_started",
    at,
    turnId: stringAt(started, "turn_id"),
    compaction: "root_turn_id" in started && !("turn_attribution" in started),
  },
];

/** `task_complete`: failed when it carries an error. */
export const readTurnComplete: ReadPayload = (complete, at) => {
  const error = objectAt(complete, "error");
  const turnId = stringAt(complete, "turn_id");
  if (error === null) return [{ kind: "turn_ended", at, turnId, outcome: "completed", error: null }];
  return [
    {
      kind: "turn_ended",
      at,
      turnId,
      outcome: "failed",
      error: errorWord(error) ?? stringAt(error, "message") ?? "error",
    },
  ];
};

/** `turn_aborted`: a person, a cap or a newer turn stopped it. */
export const readTurnAborted: ReadPayload = (aborted, at) => {
  const reason = stringAt(aborted, "reason");
  const error = reason === "interrupted" ? null : reason;
  return [{ kind: "turn_ended", at, turnId: stringAt(aborted, "turn_id"), outcome: "interrupted", error }];
};

/** Codex's own word for what went wrong (`usage_limit_exceeded`); `null` where the version gives none. */
export function errorWord(error: Payload): string | null {
  const info = error["codex_error_info"];
  if (typeof info === "string") return info;
  return isObject(info) ? (Object.keys(info)[0] ?? null) : null;
}

function policyWord(policy: unknown): string | null {
  if (typeof policy === "string") return policy;
  return isObject(policy) ? (Object.keys(policy)[0] ?? null) : null;
}

/** Newer versions may leave the old sandbox word out; the profile says the same in parts. */
function profileWord(profile: unknown): string | null {
  const type = stringAt(profile, "type");
  if (type === null) return null;
  if (type === "disabled") return "danger-full-access";
  if (type !== "managed") return type;
  const entries = objectAt(profile, "file_system")?.["entries"];
  const writes = Array.isArray(entries) && entries.some((entry) => stringAt(entry, "access") === "write");
  return writes ? "workspace-write" : "read-only";
}
