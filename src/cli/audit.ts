import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

const verify: Command<Context> = command<Record<never, never>, []>({
  brief: "Walk the event log and its seals; exit 3 when something was changed, removed or reordered",
  examples: ["codex-loop audit verify", "codex-loop audit verify --json"],
  parameters: {},
  run: (context) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { verifyEvents } = await import("../store/events/verify-events.ts");
      const verdict = await store.read((reader) => verifyEvents(reader));
      context.output.answer(verdict, () => {
        if (verdict.ok) return `${verdict.events} events, ${verdict.sealed} sealed: ok`;
        const bad = verdict.first_bad;
        return `${context.output.style("red", "The log does not hold.")}\nSeal ${bad?.seal} over events ${bad?.from} to ${bad?.to}: ${bad?.reason.replaceAll("_", " ")}\nDo this: compare with your last backup; nothing was repaired.`;
      });
      return verdict.ok ? 0 : FAILURE_EXITS.audit_failed;
    }),
});

export const auditRoutes: RouteMap<Context> = buildRouteMap<"verify", Context>({
  routes: { verify },
  docs: { brief: "Prove that nothing in the event log was changed" },
});
