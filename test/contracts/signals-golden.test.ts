import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import { traceOfScenario } from "../fakes/trace-of-scenario.ts";

interface Expected {
  readonly signals: { readonly present: readonly string[]; readonly absent: readonly string[] };
}

/** The ground truth of the recordings, made from the scripts and the wire and not from any reader. */
const GOLDEN = join(import.meta.dirname, "../golden/codex/expected.json");
const EXPECTED: { readonly [scenario: string]: Expected } = JSON.parse(readFileSync(GOLDEN, "utf8"));

test("[SIG-1] the ground truth names scenarios", () => {
  expect(Object.keys(EXPECTED).length).toBeGreaterThanOrEqual(15);
});

test.for(Object.entries(EXPECTED))(
  "[SIG-1] %s: every expected category is found and no excluded one",
  async ([scenario, { signals }]) => {
    const traces = await traceOfScenario(scenario);
    expect(traces.length).toBeGreaterThan(0);
    const found = new Set(traces.flatMap((trace) => computeSignals(trace).map((signal) => signal.category as string)));
    expect(signals.present.filter((category) => !found.has(category))).toEqual([]);
    expect(signals.absent.filter((category) => found.has(category))).toEqual([]);
  },
);

test.for(Object.keys(EXPECTED))("[SIG-4] %s: every signal points to a line that is there", async (scenario) => {
  for (const trace of await traceOfScenario(scenario)) {
    const turns = new Set([null, ...trace.turns.map((turn) => turn.turnId)]);
    const calls = new Set([null, ...trace.calls.map((call) => call.callId)]);
    for (const { evidence, turnId, callId } of computeSignals(trace)) {
      const segment = trace.segments.find(({ name }) => name === evidence.segment);
      expect(evidence.line).toBeGreaterThan(0);
      expect(evidence.line).toBeLessThanOrEqual(segment?.lines ?? 0);
      expect(turns).toContain(turnId);
      expect(calls).toContain(callId);
    }
  }
});
