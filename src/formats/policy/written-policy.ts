/** A policy as it is written: every part well formed, nothing yet held together. */
import type { FreezeWindow } from "../../model/freeze-window.ts";
import type { Actor, ApprovalsWanted, CommandPattern, Gate, LimitName } from "../../model/policy.ts";

export interface WrittenPolicy {
  readonly version: 1;
  readonly staleMinutes: number;
  readonly rules: readonly WrittenRule[];
}

/** A rule as it is written: everything well formed, nothing yet held together. */
export interface WrittenRule {
  readonly id: string;
  readonly at?: readonly Gate[] | undefined;
  readonly when?:
    | {
        readonly paths?: readonly string[] | undefined;
        readonly labelsAny?: readonly string[] | undefined;
        readonly actor?: Actor | undefined;
      }
    | undefined;
  readonly require?:
    | { readonly checks?: readonly string[] | undefined; readonly approvals?: ApprovalsWanted | undefined }
    | undefined;
  readonly protect?:
    | { readonly paths: readonly string[]; readonly approvals?: ApprovalsWanted | undefined }
    | undefined;
  readonly limit?: { readonly [Name in LimitName]?: number | undefined } | undefined;
  readonly deny?: { readonly windows: readonly FreezeWindow[] } | undefined;
  readonly commands?:
    | {
        readonly deny: readonly CommandPattern[];
        readonly need: readonly CommandPattern[];
        readonly allow: readonly CommandPattern[];
      }
    | undefined;
  readonly domains?: { readonly allow: readonly string[] } | undefined;
}

/** The parts that say what a rule does; a rule has exactly one. */
export const BODIES = ["require", "protect", "limit", "deny", "commands", "domains"] as const;
