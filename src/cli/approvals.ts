import { buildRouteMap, type Command, type RouteMap } from "@stricli/core";
import type { Result } from "../kit/result.ts";
import type { Approval } from "../model/approval.ts";
import type { Failure } from "../model/failure.ts";
import type { Said } from "../loop/decide-approval.ts";
import type { Tx } from "../store/store.ts";
import { command, text } from "./command.ts";
import type { Context } from "./context.ts";
import { ID_PARAMETER } from "./id-parameter.ts";
import { withStore } from "./open.ts";

const list: Command<Context> = command<{ readonly all: boolean }, []>({
  brief: "Questions that wait for a person, the oldest first",
  examples: ["codex-loop approvals list", "codex-loop approvals list --all --json"],
  parameters: {
    flags: {
      all: { kind: "boolean", default: false, withNegated: false, brief: "Those that have their answer too" },
    },
  },
  run: (context, { all }) =>
    withStore(context, { mode: "read" }, async ({ store }) => {
      const { askedApprovals } = await import("../views/asked-approvals.ts");
      const { renderApprovals } = await import("./render-approvals.ts");
      const { instantOf } = await import("../model/time.ts");
      const query = { now: instantOf(context.clock.now()), ...(all ? {} : { state: "asked" as const }) };
      const rows = await store.read((reader) => askedApprovals(reader, query));
      context.output.answer(rows, () => renderApprovals(rows, context.output));
      return 0;
    }),
});

interface Words {
  readonly reason?: string;
  readonly answer?: readonly string[];
}

const reasonFlag = {
  kind: "parsed",
  parse: text,
  optional: true,
  brief: "Why; kept with the answer and told to the agent",
  placeholder: "TEXT",
} as const;

const grant: Command<Context> = command<Words, [string]>({
  brief: "Say yes to exactly what is asked",
  examples: [
    "codex-loop approvals grant 01a1f6cc-d141",
    'codex-loop approvals grant 01a1f6cc-d141 --reason "looked at the diff"',
    "codex-loop approvals grant 01a1f6cc-d141 --answer database=postgres",
  ],
  parameters: {
    positional: ID_PARAMETER,
    flags: {
      reason: reasonFlag,
      answer: {
        kind: "parsed",
        parse: text,
        optional: true,
        variadic: true,
        brief: "Answer to a question of the agent, by its id",
        placeholder: "QUESTION=TEXT",
      },
    },
  },
  run: async (context, { reason, answer = [] }, id) => {
    const { grant: act } = await import("../loop/decide-approval.ts");
    return decide(context, { id, reason, answers: answersOf(answer) }, act);
  },
});

const deny: Command<Context> = command<Pick<Words, "reason">, [string]>({
  brief: "Say no; the agent is told why",
  examples: ['codex-loop approvals deny 01a1f6cc-d141 --reason "use the existing helper"'],
  parameters: { positional: ID_PARAMETER, flags: { reason: reasonFlag } },
  run: async (context, { reason }, id) => {
    const { deny: act } = await import("../loop/decide-approval.ts");
    return decide(context, { id, reason, answers: {} }, act);
  },
});

interface Decision {
  readonly id: string;
  readonly reason: string | undefined;
  readonly answers: Readonly<Record<string, string>>;
}

/** What a person says is redacted like everything that enters the store. */
async function decide(
  context: Context,
  { id, reason = "", answers }: Decision,
  act: (tx: Tx, said: Said) => Promise<Result<Approval, Failure>>,
): Promise<number> {
  return withStore(context, { mode: "existing" }, async ({ config, store }) => {
    const { openRedaction } = await import("../world/redaction.ts");
    const redact = await openRedaction(store, { secrets: config.secrets, home: config.settings.home });
    const said: Said = {
      id,
      reason: reason.trim() === "" ? null : redact(reason.trim()),
      ...(Object.keys(answers).length === 0
        ? {}
        : { answers: Object.fromEntries(Object.entries(answers).map(([name, words]) => [name, redact(words)])) }),
    };
    const done = await store.write({ actor: "operator" }, (tx) => act(tx, said));
    if (!done.ok) return context.output.fail(done.failure);
    const { id: approval, state } = done.value;
    context.output.answer({ id: approval, state }, () => `Approval ${approval} is ${state}.`);
    return 0;
  });
}

function answersOf(said: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    said.map((word) => {
      const at = word.indexOf("=");
      return at === -1 ? ["answer", word] : [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

export const approvalsRoutes: RouteMap<Context> = buildRouteMap<"list" | "grant" | "deny", Context>({
  routes: { list, grant, deny },
  docs: { brief: "Questions of agents and rules to people" },
});
