import type { Order } from "../../model/order.ts";
import { LARGEST_ARTIFACT, type ChangeMade } from "../../model/verdict.ts";
import { addedText } from "../../policy/added-text.ts";
import type { Believed } from "./believe.ts";
import type { DeskWorld } from "./run-world.ts";

/**
 * What is wrong with a change that has arrived: the runner has looked for secrets by their shape; the exact ones of this
 * machine are known here alone. The branch itself is read, so that neither a host that begins anew nor what a diff leaves
 * out can let one pass. `null`: nothing.
 */
export async function judgeChange(
  { repository, redact, files }: Pick<DeskWorld, "repository" | "redact" | "files">,
  order: Pick<Order, "repository">,
  { change, bundle }: { readonly change: ChangeMade; readonly bundle: string },
): Promise<Believed["failure"]> {
  const { branch, base, head } = change;
  const diff = await repository.addedIn(order.repository, { bundle: files.pathOf(bundle), branch, base, head });
  if (!diff.ok) return { code: "GIT_FAILED", detail: `${diff.failure.message} ${diff.failure.cause}` };
  const added = addedText(diff.value);
  if (added.length > LARGEST_ARTIFACT.text)
    return { code: "CAP_OUTPUT", detail: `The change adds ${added.length} characters.` };
  if (redact(added) === added) return null;
  return { code: "SECRET_PATTERN_DETECTED", detail: "The change adds a secret of this machine." };
}
