import { z } from "zod";
import { ASK_ACTIONS } from "../../model/ask.ts";
import { ATTEMPT_OUTCOMES } from "../../model/attempt.ts";
import { ATTEMPT_FAILURES } from "../../model/attempt-failure.ts";
import { ABSENT_REASONS, ARTIFACT_NAMES } from "../../model/verdict.ts";

/** The fence of the attempt, on every call. */
export const FENCE_HEADER = "x-codex-loop-fence";

const count = z.number().int().min(0);
const commandLine = z.union([z.array(z.string()), z.string()]);
const failureCode = z.string().refine((text) => Object.hasOwn(ATTEMPT_FAILURES, text), "is no failure code");

const startBody = z.object({ holder: z.string().min(1).max(500) });

const progress = z.object({
  phase: z.enum(["preparing", "running", "verifying"]),
  turns: count,
  toolCalls: count,
  sessionId: z.string().max(500).nullable(),
});

const ask = z.object({
  key: z.string().min(1).max(500),
  action: z.enum(ASK_ACTIONS),
  subject: z.string(),
  command: z.array(z.string()).optional(),
  cwd: z.string().optional(),
  paths: z.array(z.string()).optional(),
  questions: z.array(z.object({ id: z.string(), text: z.string(), options: z.array(z.string()) })).optional(),
  reason: z.string(),
  callId: z.string().nullable(),
});

const spend = z.object({ key: z.string().min(1).max(500), input: count, output: count });

const tell = z.object({ before: count, lines: z.array(z.looseObject({ at: z.string(), event: z.string() })) });

const check = z.object({
  name: z.string(),
  command: commandLine,
  passed: z.boolean(),
  exitCode: z.number().int().nullable(),
  timedOut: z.boolean(),
  seconds: z.number().min(0),
});

const change = z.object({
  branch: z.string(),
  base: z.string(),
  head: z.string(),
  files: z.array(z.object({ path: z.string(), added: count, removed: count })),
});

const verdict = z.object({
  outcome: z.enum(ATTEMPT_OUTCOMES),
  failure: z.object({ code: failureCode, detail: z.string() }).nullable(),
  change: change.nullable(),
  checks: z.array(check),
  sessionId: z.string().max(500).nullable(),
  turns: count,
  toolCalls: count,
  survivors: count,
  absent: z.partialRecord(z.enum(ARTIFACT_NAMES), z.enum(ABSENT_REASONS)),
});

/** The forms of what a runner sends. A runner lives beside the agent, so nothing it says is believed unread. */
export function bodyForms(): Readonly<Record<BodyCall, z.ZodType>> {
  return { start: startBody, heartbeat: progress, ask, spend, tell, done: verdict };
}

/** Calls with a JSON body, and calls that bring a file. */
export const BODY_CALLS = ["start", "heartbeat", "ask", "spend", "tell", "done"] as const;
export type BodyCall = (typeof BODY_CALLS)[number];
export const FILE_CALLS = ["artifact", "recording"] as const;
export type FileCall = (typeof FILE_CALLS)[number];

/** A recording keeps its own name: letters, digits and a few signs, so that it names no other folder. */
export const RECORDING_NAME: RegExp = /^rollout-[A-Za-z0-9._-]{1,200}\.jsonl$/;
