import { ok, type Result } from "../../kit/result.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import type { SimulatedUsage } from "../../ports/host.ts";
import { chargeUsage } from "../../store/ledger/charge-usage.ts";
import { admit } from "./admit.ts";
import type { DeskWorld } from "./run-world.ts";

/** Books what a script pretends to have used. Real agents pay at the gateway and nowhere else. */
export async function bookUsage(
  world: DeskWorld,
  caller: Caller,
  usage: SimulatedUsage,
): Promise<Result<boolean, DeskTrouble>> {
  const admitted = await admit(world, caller, "spend");
  if (!admitted.ok) return admitted;
  const { id: attemptId, fence, simulated, model } = admitted.value;
  if (!simulated) return ok(false);
  const charge = { ...usage, payer: { attemptId, fence }, model, priceOf: world.priceOf };
  const { kind } = await world.store.write({ actor: "desk", simulated }, (tx) => chargeUsage(tx, charge));
  return ok(kind === "reserved");
}
