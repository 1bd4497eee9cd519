import { FAILURE_EXITS, type FailureCode } from "../model/failure.ts";
import type { BlockReason } from "../model/blocker.ts";
import type { IdeaId } from "../model/ids.ts";
import type { ExplainRow } from "../views/shapes/explain.ts";
import type { Context } from "./context.ts";
import type { Opened } from "./open.ts";
import { visible } from "./visible.ts";

/** How long nothing may run before somebody who waits is told why, milliseconds. */
const STILL_MS = 3000;

/** Reasons that only a person or a day lifts: nobody is kept waiting for those. */
const ENDS: Partial<Readonly<Record<BlockReason, FailureCode>>> = {
  stopped: "try_later",
  paused: "try_later",
  breaker_open: "try_later",
  already_tried: "conflict",
  sessions_used_up: "gate_says_no",
  cap_reached: "gate_says_no",
  policy: "gate_says_no",
  head_unknown: "not_found",
  sandbox_missing: "gate_says_no",
  agent_missing: "auth_missing",
  key_missing: "auth_missing",
};

/** The exit code for somebody who waits for work that these reasons hold back; `null`: it goes on by itself. */
export function standstillEnd(rows: readonly ExplainRow[]): number | null {
  const ends = rows.flatMap(({ reason }) => ENDS[reason] ?? []);
  return ends[0] === undefined ? null : FAILURE_EXITS[ends[0]];
}

/** Asked at every look while an idea is followed; says why nothing runs, once, and the exit code where waiting is no use. */
export function watchStandstill(
  context: Context,
  { config, store }: Opened,
  id: IdeaId,
): (runs: boolean) => Promise<number | null> {
  let since = context.clock.elapsed();
  const told = new Set<string>();
  return async (runs) => {
    const now = context.clock.elapsed();
    if (runs) since = now;
    if (now - since < STILL_MS) return null;
    since = now;
    const { explain } = await import("../loop/explain.ts");
    const { explainWorld } = await import("../world/explain.ts");
    const rows = await explain(explainWorld(config, { store, clock: context.clock }), id);
    if (!rows.ok) return null;
    for (const { reason, lifted_by: lift } of rows.value) {
      if (!told.has(reason)) context.output.note(`held: ${reason.replaceAll("_", " ")}\n  lifted by ${visible(lift)}`);
      told.add(reason);
    }
    return standstillEnd(rows.value);
  };
}
