import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import type { CapUnit } from "../model/cap.ts";
import { command, upTo, wholeNumber } from "./command.ts";
import type { Context } from "./context.ts";
import { LIMIT_DEFAULT } from "./id-parameter.ts";
import { withStore } from "./open.ts";

const show: Command<Context> = command<{ readonly limit?: number }, []>({
  brief: "Caps and what is spoken for: today, this month, then what last changed",
  examples: ["codex-loop budget show", "codex-loop budget show --json=scope,unit,cap,reserved,spent"],
  parameters: {
    flags: {
      limit: { kind: "parsed", parse: wholeNumber, optional: true, brief: "At most N; default 100", placeholder: "N" },
    },
  },
  run: (context, { limit = LIMIT_DEFAULT }) =>
    withStore(context, { mode: "read" }, async ({ config, store }) => {
      const { capLimitsOf } = await import("../config/cap-limits.ts");
      const { instantOf } = await import("../model/time.ts");
      const { budgetRows } = await import("../views/budget-rows.ts");
      const { renderBudget } = await import("./render-budget.ts");
      const query = { limits: capLimitsOf(config.settings), now: instantOf(context.clock.now()), limit };
      const rows = await store.read((reader) => budgetRows(reader, query));
      context.output.answer(rows, () => renderBudget(rows, context.output));
      return 0;
    }),
});

interface Amounts {
  readonly usd?: number;
  readonly tokens?: number;
  readonly sessions?: number;
}

const count = { kind: "parsed", optional: true, placeholder: "N" } as const;
/** What the settings themselves allow at most. */
const MOST = { usd: 1_000_000, tokens: 1_000_000_000_000, sessions: 1000 } as const;

const extend: Command<Context> = command<Amounts, [string]>({
  brief: "Add to a cap for good; one call at most doubles what the settings allow",
  examples: [
    "codex-loop budget extend 01a1f6cc-d141 --usd 3",
    "codex-loop budget extend 01a1f6cc-d141 --sessions 1",
    "codex-loop budget extend day/2026-11-21 --usd 10 --tokens 5000000",
  ],
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [
        { parse: String, brief: "An idea or a task, or a scope as budget show prints it", placeholder: "SCOPE" },
      ],
    },
    flags: {
      usd: { ...count, parse: microDollars, brief: "US dollars more" },
      tokens: { ...count, parse: upTo(MOST.tokens), brief: "Tokens more" },
      sessions: { ...count, parse: upTo(MOST.sessions), brief: "Sessions more, of a task" },
    },
  },
  run: (context, amounts, what) =>
    withStore(context, { mode: "existing" }, async ({ store }) => {
      const { extendBudget } = await import("../loop/extend-budget.ts");
      const { budgetRow } = await import("../views/budget.ts");
      const { renderBudget } = await import("./render-budget.ts");
      const by = wishesOf(amounts);
      if (by.length === 0) return context.output.fail(NOTHING_ASKED);
      const extended = await extendBudget(store, { what, by });
      if (!extended.ok) return context.output.fail(extended.failure);
      const rows = extended.value.map(budgetRow);
      context.output.answer(rows, () => renderBudget(rows, context.output));
      return 0;
    }),
});

const NOTHING_ASKED = {
  code: "usage",
  message: "Extend by what?",
  cause: "None of --usd, --tokens and --sessions was given.",
  hint: "Do this: codex-loop budget extend SCOPE --usd 3",
  retry: "never",
} as const;

function wishesOf({ usd, tokens, sessions }: Amounts): readonly { readonly unit: CapUnit; readonly amount: number }[] {
  const wishes = [
    { unit: "usd", amount: usd },
    { unit: "tokens", amount: tokens },
    { unit: "sessions", amount: sessions },
  ] as const;
  return wishes.flatMap(({ unit, amount }) => (amount === undefined ? [] : [{ unit, amount }]));
}

function microDollars(input: string): number {
  const value = Math.round(Number(input) * 1_000_000);
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(input) || value < 1)
    throw new SyntaxError(`"${input}" is not an amount such as 0.50`);
  if (value > MOST.usd * 1_000_000) throw new SyntaxError(`"${input}" is more than ${MOST.usd}`);
  return value;
}

export const budgetRoutes: RouteMap<Context> = buildRouteMap<"show" | "extend", Context>({
  routes: { show, extend },
  docs: { brief: "What may be spent, what is spoken for, and a bounded way on" },
});
