import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { checksumOf, type Step } from "./steps.ts";

/** A step as the store remembers it. */
export interface AppliedStep {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/** The steps still to run, or why this program must leave the store alone. */
export function missingSteps(
  target: { readonly kind: "sqlite" | "postgres"; readonly address: string },
  applied: readonly AppliedStep[],
  steps: readonly Step[],
): Result<readonly Step[], Failure> {
  for (const done of applied) {
    const step = steps.find(({ version }) => version === done.version);
    if (step === undefined) return fail(newer(target.address, done));
    if (checksumOf(step, target.kind) !== done.checksum) return fail(changed(target.address, done));
  }
  return ok(steps.filter(({ version }) => !applied.some((done) => done.version === version)));
}

function newer(address: string, done: AppliedStep): Failure {
  return {
    code: "store_newer",
    message: `The store ${address} was made by a newer release than this one.`,
    cause: `It has schema step ${done.version} (${done.name}), which this release does not know.`,
    hint: "Do this: update Codex Loop, or choose another store with --store.",
    retry: "never",
  };
}

function changed(address: string, done: AppliedStep): Failure {
  return {
    code: "store_unsafe",
    message: `The store ${address} was not made by a release of this program.`,
    cause: `Its schema step ${done.version} (${done.name}) has another checksum than ours, so its tables may differ.`,
    hint: "Do this: use the release that made it, or export it there and import it here.",
    retry: "never",
  };
}
