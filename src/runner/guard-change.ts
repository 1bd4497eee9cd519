import { pathTest } from "../kit/glob.ts";
import type { Order } from "../model/order.ts";
import { LARGEST_ARTIFACT, type ChangedFile } from "../model/verdict.ts";
import { addedText } from "../policy/added-text.ts";
import { endingOf, type Ending } from "./ending.ts";

/** What speaks for the repository to us is never an agent's to change, whatever the order says. */
const ALWAYS_PROTECTED = [".codex-loop"];

export interface JudgedChange {
  readonly files: readonly ChangedFile[];
  /** With every byte of binary files. */
  readonly diff: string;
}

export interface ChangeRules {
  readonly order: Pick<Order, "allowedPaths" | "protectedPaths">;
  readonly secretKinds: (text: string) => readonly string[];
}

/** Why a change may not leave the attempt; `null` when it may. */
export function guardChange({ files, diff }: JudgedChange, { order, secretKinds }: ChangeRules): Ending | null {
  const paths = files.map((file) => file.path);
  // Two tests: a `!` among the order's globs must not take anything away from what is always protected.
  const tests = [pathTest(ALWAYS_PROTECTED, ANY_CASE), pathTest(order.protectedPaths, ANY_CASE)];
  const guarded = paths.filter((path) => tests.some((isGuarded) => isGuarded(path)));
  if (guarded.length > 0) return endingOf("PROTECTED_PATHS_VIOLATION", `Protected and changed: ${named(guarded)}`);
  const isAllowed = order.allowedPaths.length === 0 ? () => true : pathTest(order.allowedPaths);
  const strange = paths.filter((path) => !isAllowed(path));
  if (strange.length > 0) return endingOf("ALLOWED_PATHS_VIOLATION", `Not allowed and changed: ${named(strange)}`);
  const added = addedText(diff);
  if (added.length > LARGEST_ARTIFACT.text)
    return endingOf("CAP_OUTPUT", `The change adds ${added.length} characters.`);
  const kinds = secretKinds(added);
  if (kinds.length > 0)
    return endingOf("SECRET_PATTERN_DETECTED", `The change adds what looks like: ${kinds.join(", ")}`);
  return null;
}

/** On some disks `.Codex-Loop` is the same folder. */
const ANY_CASE = { anyCase: true } as const;

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => JSON.stringify(path));
  return shown.join(", ") + (paths.length > 5 ? ` and ${paths.length - 5} more` : "");
}
