/** An attempt with its row and its reservation, for tests of the ledger. */
import { microDollarsOf } from "../../src/model/money.ts";
import { capScopeOf, type AttemptCaps, type CapLimits, type CapScope } from "../../src/model/cap.ts";
import { idOf, type AttemptId, type IdeaId, type TaskId } from "../../src/model/ids.ts";
import type { RequestFacts, Settlement } from "../../src/model/model-request.ts";
import { NO_TOKENS, type TokenCounts } from "../../src/model/tokens.ts";
import { priceOfRows, type PriceOf } from "../../src/policy/prices/price-of.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import type { Rates } from "../../src/store/ledger/request-estimate.ts";
import { reserveAttempt, type AttemptReservation } from "../../src/store/ledger/reserve-attempt.ts";
import type { Reader, Tx } from "../../src/store/store.ts";

export const IDEA: IdeaId = idOf.idea("idea-1");
export const TASK: TaskId = idOf.task("task-1");
export const DAY: CapScope = capScopeOf.day("2026-11-20");
export const MONTH: CapScope = capScopeOf.month("2026-11-20");

/** One dollar a million tokens of input, ten of output. */
export const PRICES: PriceOf = priceOfRows(
  [
    {
      model: "priced",
      from: "2026-01-01",
      input: microDollarsOf(1_000_000),
      cached_input: microDollarsOf(100_000),
      output: microDollarsOf(10_000_000),
    },
  ],
  [],
);
export const RATES: Rates = { priceOf: PRICES, outputTokens: 100 };

export const CAPS: AttemptCaps = {
  minutes: 45,
  turns: 8,
  responses: 5,
  toolCalls: 400,
  tokens: 1000,
  microDollars: 3000,
};

export const LIMITS: CapLimits = {
  taskSessions: 3,
  ideaTokens: 3000,
  ideaMicroDollars: 9000,
  dayTokens: 10_000,
  dayMicroDollars: 40_000,
  monthTokens: 100_000,
  monthMicroDollars: 900_000,
};

/** 300 bytes are 100 tokens; with an answer of 100 tokens the reservation is 200 tokens and 1,100 micro-dollars. */
export const FACTS: RequestFacts = {
  model: "priced",
  requestKind: "turn",
  threadId: "thread-1",
  bodyBytes: 300,
  maxOutput: null,
};

export const DONE: Settlement = { responseId: "resp-1", usage: null, model: "priced", status: 200, error: null };

export function used(input: number, output: number): TokenCounts {
  return { ...NO_TOKENS, input, output, total: input + output };
}

export interface AttemptFacts {
  readonly number?: number;
  readonly fence?: number;
  readonly simulated?: boolean;
  readonly sessionId?: string | null;
  readonly role?: string;
  readonly task?: string;
}

export async function putAttempt(tx: Tx, id: AttemptId, facts: AttemptFacts = {}): Promise<void> {
  const nothing = { outcome: null, failure_code: null, failure_detail: null, signature: null, holder: null };
  const later = { lease_until: null, deadline: null, head: null, stop: null, stop_reason: null, turns: null };
  await tx.db
    .insertInto("attempts")
    .values({
      ...nothing,
      ...later,
      id,
      idea_id: IDEA,
      task_id: facts.task ?? TASK,
      number: facts.number ?? 1,
      role: facts.role ?? "executor",
      agent: "codex",
      model: "priced",
      state: "running",
      fence: facts.fence ?? 1,
      base: "b".repeat(40),
      role_hash: "r",
      prompt_hash: "p",
      order: "{}",
      session_id: facts.sessionId ?? null,
      tool_calls: null,
      keep: 0,
      simulated: facts.simulated === true ? 1 : 0,
      queued_at: tx.now,
      started_at: tx.now,
      ended_at: null,
    })
    .execute();
}

export interface Opening extends AttemptFacts {
  readonly caps?: Partial<AttemptCaps>;
  readonly limits?: Partial<CapLimits>;
}

/** Puts an attempt and reserves its caps. */
export async function openAttempt(tx: Tx, id: AttemptId, opening: Opening = {}): Promise<AttemptReservation> {
  await putAttempt(tx, id, opening);
  return reserveAttempt(tx, {
    attemptId: id,
    ideaId: IDEA,
    taskId: idOf.task(opening.task ?? TASK),
    role: "executor",
    model: "priced",
    simulated: opening.simulated ?? false,
    caps: { ...CAPS, ...opening.caps },
    limits: { ...LIMITS, ...opening.limits },
  });
}

/** `unit: cap reserved spent` of a scope. */
export async function counters(reader: Reader, scope: CapScope): Promise<readonly string[]> {
  const caps = await listCaps(reader, [scope]);
  return caps.map(({ unit, cap, reserved, spent }) => `${unit}: ${cap} ${reserved} ${spent}`);
}
