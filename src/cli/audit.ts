import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import { FAILURE_EXITS } from "../model/failure.ts";
import type { SealMark } from "../store/events/seal.ts";
import type { Verdict } from "../store/events/verify-events.ts";
import { command } from "./command.ts";
import type { Context } from "./context.ts";
import { withStore } from "./open.ts";

const verify: Command<Context> = command<{ readonly seal?: SealMark }, []>({
  brief: "Walk the event log and its seals; exit 3 when something was changed, removed or reordered",
  examples: ["codex-loop audit verify", "codex-loop audit verify --json", "codex-loop audit verify --seal 12:HASH"],
  parameters: {
    flags: {
      seal: {
        kind: "parsed",
        parse: sealMark,
        optional: true,
        brief: "A seal kept elsewhere, which must still stand in the log",
        placeholder: "N:HASH",
      },
    },
  },
  run: (context, { seal }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { verifyEvents } = await import("../store/events/verify-events.ts");
      const verdict = await store.read((reader) => verifyEvents(reader, seal));
      context.output.answer(verdict, () => told(verdict, context));
      return verdict.ok ? 0 : FAILURE_EXITS.audit_failed;
    }),
});

function told(verdict: Verdict, { output }: Context): string {
  const { events, sealed, first_bad: bad, seal } = verdict;
  if (bad === null) {
    const end = seal === null ? "" : `\nThe last seal, to keep elsewhere: ${seal.n}:${seal.hash}`;
    return `${events} events, ${sealed} sealed: ok${end}`;
  }
  return `${output.style("red", "The log does not hold.")}\nSeal ${bad.seal} over events ${bad.from} to ${bad.to}: ${bad.reason.replaceAll("_", " ")}\nDo this: compare with your last backup; nothing was repaired.`;
}

/** `12:` and 64 hex digits, as an earlier `audit verify` or the header of an export gave them. */
function sealMark(input: string): SealMark {
  const [, n, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(input) ?? [];
  if (n === undefined || hash === undefined) throw new SyntaxError(`"${input}" is not a seal as N:HASH`);
  return { n: Number(n), hash };
}

export const auditRoutes: RouteMap<Context> = buildRouteMap<"verify", Context>({
  routes: { verify },
  docs: { brief: "Prove that nothing in the event log was changed" },
});
