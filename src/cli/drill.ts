import type { Command } from "@stricli/core";
import { counted } from "../kit/text.ts";
import { FAILURE_EXITS } from "../model/failure.ts";
import type { GuardRecord } from "../model/guard.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { DrillRow } from "../views/shapes/drill.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withConfig } from "./open.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { minuteOf } from "./words.ts";

export const drillCommand: Command<Context> = command<Record<never, never>, []>({
  brief: "Fire every guard in a scratch store, and say when each last fired in earnest; exit 3 when one did not",
  examples: ["codex-loop drill", "codex-loop drill --json=guard,fired,last_real"],
  parameters: {},
  run: (context) =>
    withConfig(context, {}, async (config) => {
      const [{ runDrills }, { scratchStore }, { roleCard }, { redactor }, { drillRows }] = await Promise.all([
        import("../loop/drill.ts"),
        import("../world/scratch-store.ts"),
        import("../world/role-cards.ts"),
        import("../policy/redact/redact-text.ts"),
        import("../views/drill.ts"),
      ]);
      const redact = redactor({ salt: "drill", known: [] });
      const around = { clock: context.clock, settings: config.settings, redact, roleCard };
      const drilled = await runDrills(around, (clock) => scratchStore(clock, context.random));
      const rows = drillRows(drilled, await notedInEarnest(context, config));
      context.output.answer(rows, () => told(rows, context.output));
      return rows.every(({ fired }) => fired) ? 0 : FAILURE_EXITS.gate_says_no;
    }),
});

/** Empty where there is no store yet, or none that can be read now: the drill itself needs none. */
async function notedInEarnest(context: Context, config: LoadedConfig): Promise<readonly GuardRecord[]> {
  const { openStore } = await import("../world/store.ts");
  const opened = await openStore(config, { clock: context.clock, random: context.random, mode: "read" });
  if (!opened.ok) {
    if (opened.failure.code !== "path_missing") context.output.note(opened.failure.message);
    return [];
  }
  await using store = opened.value;
  const { listGuards } = await import("../store/guards/list-guards.ts");
  return await store.read(listGuards);
}

const COLUMNS: readonly Column<DrillRow>[] = [
  { title: "guard", value: (row) => row.guard },
  { title: "fired", value: (row) => (row.fired ? "yes" : "NO") },
  { title: "last in earnest", value: (row) => (row.last_real === null ? "never" : minuteOf(row.last_real)) },
  { title: "times", value: (row) => String(row.times_real), align: "right" },
  { title: "what it holds, or why it did not fire", value: (row) => row.why ?? row.holds, elastic: true },
];

function told(rows: readonly DrillRow[], output: Output): string {
  const inert = rows.filter(({ fired }) => !fired);
  const end =
    inert.length === 0
      ? `${counted(rows.length, "guard")}, every one fired`
      : `${output.style("red", `${counted(inert.length, "guard")} did not fire`)}: start no agent before that is mended`;
  return `${table(rows, COLUMNS, output)}\n${end}`;
}
