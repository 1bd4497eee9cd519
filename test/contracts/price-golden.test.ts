import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { priceFriction } from "../../src/loop/learn/price/price-friction.ts";
import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import { microDollarsOf } from "../../src/model/money.ts";
import { traceOfScenario } from "../fakes/trace-of-scenario.ts";

/**
 * Which of the responses that the model server really sent stand between a failure and its recovery, by their number in
 * `served.json`: read off the script, not off a reader.
 */
const PAID_FOR: { readonly [scenario: string]: readonly number[] } = {
  "exec-failure": [1, 2, 3, 4],
  "as-repeated-denial": [1, 2, 3, 4],
  compaction: [2, 4],
  success: [],
};

interface Served {
  readonly responses: readonly { readonly usage: { readonly total_tokens: number } }[];
  readonly total_tokens: number;
}

function servedIn(scenario: string): Served {
  const path = join(import.meta.dirname, "../../samples/0.169.0", scenario, "served.json");
  return JSON.parse(readFileSync(path, "utf8"));
}

test.for(Object.entries(PAID_FOR))(
  "[SIG-9] %s: friction costs the responses sent between failure and recovery",
  async ([scenario, paidFor]) => {
    const { responses } = servedIn(scenario);
    const expected = paidFor.reduce((sum, index) => sum + (responses[index]?.usage.total_tokens ?? Number.NaN), 0);
    expect(await frictionTokens(scenario)).toBe(expected);
  },
);

test.for(["apply-patch", "code-mode", "resume", "execpolicy", "as-approvals", "as-history-ops"])(
  "[SIG-9] %s: friction never costs more than the model server sent",
  async (scenario) => {
    const tokens = await frictionTokens(scenario);
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThan(servedIn(scenario).total_tokens);
  },
);

async function frictionTokens(scenario: string): Promise<number> {
  const traces = await traceOfScenario(scenario);
  const rows = traces.flatMap((trace) => priceFriction(trace, computeSignals(trace), () => microDollarsOf(0)).rows);
  return rows.reduce((sum, row) => sum + row.tokens, 0);
}
