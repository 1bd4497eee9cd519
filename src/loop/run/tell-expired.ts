import { instantOf } from "../../model/time.ts";
import { expireApprovals } from "../../store/approvals/expire-approvals.ts";
import { listApprovals } from "../../store/approvals/list-approvals.ts";
import type { RunWorld } from "./run-world.ts";

/** Ends questions whose time is over; looks first, because mostly there is none. */
export async function tellExpired({ store, clock }: Pick<RunWorld, "store" | "clock">): Promise<void> {
  const now = instantOf(clock.now());
  const asked = await store.read((reader) => listApprovals(reader, { state: "asked" }));
  if (asked.some(({ expiresAt }) => expiresAt <= now)) await store.write({ actor: "desk" }, expireApprovals);
}
