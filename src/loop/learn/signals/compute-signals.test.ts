import { expect, test } from "vitest";
import { plain } from "../../../../test/fakes/session-rows.ts";
import { aTrace } from "../../../../test/fakes/session-trace.ts";
import { signalId } from "../../../model/ids.ts";
import { computeSignals } from "./compute-signals.ts";
import { execFailure } from "./exec-failure.ts";
import { findingAt, threadFinding, type SignalRule } from "./rule.ts";
import { signalRules } from "./table.ts";
import type { TextJudge } from "./text-judge.ts";

const BUSY = aTrace()
  .user("Fix it.")
  .runs("npm test", { exit: 1, output: "FAIL" })
  .patches({ "a.js": "update" }, { outcome: "failed" })
  .runs("npm test")
  .turn()
  .user("That is wrong!!!")
  .runs("rm x", { outcome: "denied_by_user" })
  .marks("compaction")
  .build();

test("[SIG-1] computing twice changes nothing: same rows, same ids, same order", () => {
  const once = computeSignals(BUSY);
  expect(computeSignals(BUSY)).toEqual(once);
  expect(new Set(once.map((signal) => signal.id)).size).toBe(once.length);
  for (const signal of once) expect(signal.id).toBe(signalId(signal.sessionId, signal.category, signal.seq));
});

test("[SIG-1] every signal carries the version of its rule", () => {
  const newer: SignalRule = { ...execFailure, version: 7 };
  expect(computeSignals(BUSY, [newer]).map((signal) => signal.version)).toEqual([7]);
  expect(computeSignals(BUSY, [newer])[0]?.id).toBe(computeSignals(BUSY, [execFailure])[0]?.id);
});

test("[SIG-4] evidence points to session, turn, call and line", () => {
  const [failure] = computeSignals(BUSY, [execFailure]);
  const call = BUSY.calls[0];
  expect(failure).toMatchObject({
    sessionId: BUSY.session.id,
    turnId: call?.turnId,
    callId: call?.callId,
    seq: 3,
    evidence: { segment: call?.segment, offset: call?.offset, line: call?.line },
  });
});

test("[SIG-4] the seq of a signal counts lines over all segments of the thread, its evidence within one", () => {
  const trace = aTrace().user("x").segment("rollout-2.jsonl").runs("npm test", { exit: 1 }).build();
  const [signal] = computeSignals(trace, [execFailure]);
  expect(signal).toMatchObject({ seq: 3, evidence: { segment: "rollout-2.jsonl", line: 1 } });
});

test("[SIG-4] a thread-wide signal has seq 0 and points to the line that completed the pattern", () => {
  const trace = aTrace()
    .runs("rm a", { outcome: "denied_by_user" })
    .runs("rm b", { outcome: "denied_by_user" })
    .runs("rm c", { outcome: "denied_by_user" })
    .build();
  const repeated = computeSignals(trace).find((signal) => signal.category === "repeated_denial");
  expect(repeated).toMatchObject({ seq: 0, callId: "call_3", evidence: { line: trace.calls[2]?.line } });
});

test("[SIG-4] a signal names no turn and no call that the trace does not hold", () => {
  const built = aTrace().asks("never_begun", "denied").marks("error", "boom").build();
  const signals = computeSignals({ ...built, turns: [] });
  expect(signals.map(({ category, turnId, callId }) => [category, turnId, callId])).toEqual([
    ["denial_exec", null, null],
    ["error_event", null, null],
  ]);
});

test("[SIG-4] descriptions say what happened in closed words", () => {
  const words = Object.fromEntries(computeSignals(BUSY).map((signal) => [signal.category, signal.description]));
  expect(words).toMatchObject({
    exec_failure: "npm test exited with 1",
    patch_failure: "a patch to a.js did not apply",
    denial_exec: "a person refused rm",
    escalation_tone: "the person sounds upset: phrase, punctuation",
  });
});

test("[SIG-1] two findings of one category at one line are one signal; another category is its own", () => {
  const call = BUSY.calls[0];
  if (call === undefined) throw new Error("no call");
  const twice: SignalRule = {
    ...execFailure,
    find: () => [findingAt(call, plain("first")), findingAt(call, plain("second"))],
  };
  const other: SignalRule = {
    ...execFailure,
    category: "undo",
    find: () => [findingAt(call, plain("third")), threadFinding(call, plain("fourth"))],
  };
  expect(
    computeSignals(BUSY, [twice, other]).map(({ category, seq, description }) => [category, seq, description]),
  ).toEqual([
    ["undo", 0, "fourth"],
    ["exec_failure", 3, "first"],
    ["undo", 3, "third"],
  ]);
});

test("[SIG-1] retries in an exec stream are one thread-wide signal with their count", () => {
  const trace = aTrace()
    .user("x")
    .segment("exec-events.jsonl", "exec")
    .marks("stream_error", "1/5")
    .marks("stream_error", "2/5")
    .build();
  const errors = computeSignals(trace).filter((signal) => signal.category === "stream_error");
  expect(errors).toMatchObject([{ seq: 0, description: "the model stream broke off, retries: 2" }]);
});

test("[SIG-3] a model's verdicts come in through the same door as the local judge's", () => {
  const judge: TextJudge = {
    detector: "model",
    version: 3,
    hear: (what, said) =>
      what === "escalation_tone"
        ? said.slice(0, 1).map(({ message }) => ({ message, why: plain("a model said so") }))
        : [],
  };
  const tone = computeSignals(BUSY, signalRules(judge)).filter((signal) => signal.category === "escalation_tone");
  expect(tone).toMatchObject([{ detector: "model", version: 3, description: "a model said so", seq: 2 }]);
});
