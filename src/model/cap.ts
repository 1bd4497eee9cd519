import type { AttemptId, IdeaId, TaskId } from "./ids.ts";
import type { Provenance } from "./provenance.ts";

/** What the ledger counts. `usd` is in micro-dollars; `sessions` are attempts that reached an agent. */
export const CAP_UNITS = ["usd", "tokens", "responses", "sessions"] as const;
export type CapUnit = (typeof CAP_UNITS)[number];

declare const capScope: unique symbol;
/**
 * `attempt/ID`, `task/ID`, `idea/ID`, `day/2026-11-21` (UTC) or `month/2026-11`. Simulated attempts have days and months
 * of their own, `day/2026-11-21/simulated`: what was never paid must not use up what a person allowed to be paid.
 */
export type CapScope = string & { readonly [capScope]: true };

export const capScopeOf = {
  attempt: (id: AttemptId): CapScope => `attempt/${id}` as CapScope,
  task: (id: TaskId): CapScope => `task/${id}` as CapScope,
  idea: (id: IdeaId): CapScope => `idea/${id}` as CapScope,
  /** `day` as `2026-11-21`. */
  day: (day: string, simulated: boolean = false): CapScope => `day/${day}${apart(simulated)}` as CapScope,
  month: (day: string, simulated: boolean = false): CapScope =>
    `month/${day.slice(0, 7)}${apart(simulated)}` as CapScope,
};

function apart(simulated: boolean): string {
  return simulated ? "/simulated" : "";
}

/** Text from outside as a scope; `null` when it names none. */
export function parseCapScope(text: string): CapScope | null {
  return /^((attempt|task|idea)\/[\w-]+|(day\/\d{4}-\d\d-\d\d|month\/\d{4}-\d\d)(\/simulated)?)$/.test(text)
    ? (text as CapScope)
    : null;
}

/** A limit and how much of it is spoken for; `cap` null: none. Amounts are whole numbers of the unit. */
export interface Cap {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  readonly cap: number | null;
  /** How much of `cap` a person has added to what the settings say. */
  readonly extended: number;
  readonly reserved: number;
  readonly spent: number;
  /** Settled entries whose amount is not known: the money spent is at least `spent`. */
  readonly unknown: number;
  readonly provenance: Provenance;
}

/** The caps that one attempt runs under, all of them always on. */
export interface AttemptCaps {
  readonly minutes: number;
  readonly turns: number;
  readonly responses: number;
  readonly toolCalls: number;
  readonly tokens: number;
  readonly microDollars: number;
}

/** Caps that an idea or a profile brings; what it leaves out comes from the settings. */
export interface CapWishes {
  readonly minutes?: number;
  readonly turns?: number;
  readonly tokens?: number;
  readonly microDollars?: number;
}

/** What the scopes around an attempt allow; `null`: no limit. */
export interface CapLimits {
  readonly taskSessions: number | null;
  readonly ideaTokens: number | null;
  readonly ideaMicroDollars: number | null;
  readonly dayTokens: number | null;
  readonly dayMicroDollars: number | null;
  readonly monthTokens: number | null;
  readonly monthMicroDollars: number | null;
}
