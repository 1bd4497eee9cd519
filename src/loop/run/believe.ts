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
  /** What the host found wrong with the change when it looked into it. */
  readonly wrong: Believed["failure"];
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

function doubtOf(verdict: Verdict, { order, arrived, wrong }: Evidence): Believed["failure"] {
  if (wrong !== null) return wrong;
  const missing = missingOf(verdict, order, arrived);
  if (missing.length > 0) return { code: "NO_OUTPUT", detail: `It did not arrive: ${missing.join(", ")}.` };
  const unproved = order.acceptance.filter(({ name }, index) => {
    const check = verdict.checks[index];
    return check?.name !== name || !check.passed;
  });
  if (unproved.length === 0) return null;
  const names = unproved.map(({ name }) => name).join(", ");
  return { code: "ACCEPTANCE_COMMAND_FAILED", detail: `No pass was told for: ${names}.` };
}

/** A change that was told of has to be there to be looked at, whether it was ordered or not. */
function missingOf({ change }: Verdict, { outputs }: Order, arrived: Evidence["arrived"]): readonly string[] {
  const files = outputs.flatMap((output) => (output === "change" ? [] : [`${output}.md` as const]));
  const ofChange = change === null ? [] : (["branch.bundle", "patch.diff"] as const);
  const missing = [...files, ...ofChange].filter((name) => !arrived.has(name));
  return outputs.includes("change") && change === null ? ["change", ...missing] : missing;
}
