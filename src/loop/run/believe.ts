import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { AttemptOutcome } from "../../model/attempt.ts";
import type { Order } from "../../model/order.ts";
import type { ArtifactName, Verdict } from "../../model/verdict.ts";

export interface Believed {
  readonly outcome: AttemptOutcome;
  readonly failure: { readonly code: AttemptFailureCode; readonly detail: string } | null;
}

/** What the host has seen for itself. */
export interface Evidence {
  readonly order: Order;
  /** Artifacts that have arrived. */
  readonly arrived: ReadonlySet<ArtifactName>;
  /** The change holds a secret that only the host knows. */
  readonly leaks: boolean;
}

/**
 * A success is believed only with everything the order wants: each output, and each acceptance command with its pass. What
 * is less is a failure, whatever the runner says.
 */
export function believe(verdict: Verdict, evidence: Evidence): Believed {
  const { outcome, failure } = verdict;
  if (outcome !== "succeeded")
    return { outcome, failure: failure ?? { code: "UNKNOWN", detail: "No reason was given." } };
  const doubt = doubtOf(verdict, evidence);
  return doubt === null ? { outcome, failure: null } : { outcome: "failed", failure: doubt };
}

function doubtOf(verdict: Verdict, { order, arrived, leaks }: Evidence): Believed["failure"] {
  if (leaks) return { code: "SECRET_PATTERN_DETECTED", detail: "The change adds a secret of this machine." };
  const missing = order.outputs.filter((output) => !isThere(output, verdict, arrived));
  if (missing.length > 0) return { code: "NO_OUTPUT", detail: `It did not arrive: ${missing.join(", ")}.` };
  const unproved = order.acceptance.filter(({ name }, index) => {
    const check = verdict.checks[index];
    return check?.name !== name || !check.passed;
  });
  if (unproved.length === 0) return null;
  const names = unproved.map(({ name }) => name).join(", ");
  return { code: "ACCEPTANCE_COMMAND_FAILED", detail: `No pass was told for: ${names}.` };
}

function isThere(output: Order["outputs"][number], { change }: Verdict, arrived: ReadonlySet<ArtifactName>): boolean {
  return output === "change" ? change !== null && arrived.has("branch.bundle") : arrived.has(`${output}.md`);
}
