import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { type AppliedStep, missingSteps } from "./missing-steps.ts";
import type { Step } from "./steps.ts";

/** `read` and `existing` never make a store; `existing` and `write` bring an older one up to date. */
export type OpenMode = "read" | "existing" | "write";

/** Where a store is expected, and the steps it has had; none when there is none of ours. */
export interface ExpectedStore {
  readonly kind: "sqlite" | "postgres";
  readonly address: string;
  readonly applied: readonly AppliedStep[];
}

/**
 * Whether a store that may not be made can be opened: fails with `path_missing` where there is none, `store_newer` or
 * `store_unsafe` where it is not for this program, and in mode `read` with `store_older`, because reading changes nothing.
 */
export function requireStore(
  expected: ExpectedStore,
  { steps, mode }: { readonly steps: readonly Step[]; readonly mode: "read" | "existing" },
): Result<void, Failure> {
  if (expected.applied.length === 0) return fail(noStore(expected));
  const missing = missingSteps(expected, expected.applied, steps);
  if (!missing.ok) return missing;
  const [next] = missing.value;
  return mode === "read" && next !== undefined ? fail(older(expected.address, next)) : ok(undefined);
}

export function noStore({ kind, address }: Pick<ExpectedStore, "kind" | "address">): Failure {
  const elsewhere = kind === "sqlite" ? "name the right one with --store" : "point DATABASE_URL to the right one";
  return {
    code: "path_missing",
    message: `There is no store at ${address}.`,
    cause: "Nothing has been read into it yet, or it stands somewhere else.",
    hint: `Do this: make one with \`codex-loop ingest\` or \`codex-loop init\`, or ${elsewhere}.`,
    retry: "never",
  };
}

function older(address: string, next: Step): Failure {
  return {
    code: "store_older",
    message: `The store ${address} was made by an older release than this one.`,
    cause: `It lacks schema step ${next.version} (${next.name}), and reading never changes a store.`,
    hint: "Do this: bring it up to date with `codex-loop init`, which keeps a copy of an SQLite file first.",
    retry: "never",
  };
}
