import { FAILURE_EXITS } from "./failure.ts";

/** What each exit code of a command means. */
export const EXIT_MEANINGS: readonly { readonly exit: number; readonly meaning: string }[] = [
  { exit: 0, meaning: "ok; an empty list is ok too" },
  { exit: 1, meaning: "failed" },
  { exit: 2, meaning: "usage: the command line or a settings file is wrong" },
  { exit: 3, meaning: "a gate says no: policy, caps, KPI, audit, findings" },
  { exit: 4, meaning: "authentication is missing" },
  { exit: 5, meaning: "not found" },
  { exit: 6, meaning: "conflict, or already done" },
  { exit: 7, meaning: "waiting for approval" },
  { exit: 75, meaning: "try later" },
  { exit: 130, meaning: "interrupted" },
];

/** The failure codes that end a command with this exit code. */
export function failuresOf(exit: number): readonly string[] {
  return Object.entries(FAILURE_EXITS).flatMap(([code, ends]) => (ends === exit ? [code] : []));
}
