import { clip } from "../kit/text.ts";
import { dollarsOf } from "../model/money.ts";
import type { Signal } from "../model/signal.ts";
import { callInputs, type CallKey } from "../store/calls/call-inputs.ts";
import { sumFrictionCosts, type FrictionCostSum } from "../store/costs/sum-friction-costs.ts";
import type { Reader } from "../store/store.ts";
import type { EvidenceRow, FrictionCostRow } from "./shapes/report.ts";

/** Enough of a command to know it again. */
const INPUT_LENGTH = 120;

/** What friction cost by category and command family, the costliest first, each with its best pointers to evidence. */
export async function frictionCosts(reader: Reader): Promise<readonly FrictionCostRow[]> {
  const sums = await sumFrictionCosts(reader);
  const inputs = await callInputs(
    reader,
    sums.flatMap((sum) => sum.evidence.flatMap(callKey)),
  );
  return sums.map((sum) => costRow(sum, inputs));
}

function callKey({ sessionId, callId }: Signal): readonly CallKey[] {
  return callId === null ? [] : [{ sessionId, callId }];
}

function costRow(sum: FrictionCostSum, inputs: ReadonlyMap<string, string>): FrictionCostRow {
  const { category, family, tokens, times, sessions, recovered } = sum;
  return {
    category,
    family,
    tokens,
    minutes: Math.round(sum.durationMs / 600) / 100,
    usd: dollarsOf(sum.microDollars),
    times,
    sessions,
    recovered,
    provenance: "measured",
    evidence: sum.evidence.map((signal) => evidenceRow(signal, inputs.get(`${signal.sessionId} ${signal.callId}`))),
  };
}

/** The command says more than its family: what was run stands before what came of it. Arguments of other tools say less. */
function evidenceRow(signal: Signal, input: string | undefined): EvidenceRow {
  const { segment, line } = signal.evidence;
  const ran =
    input === undefined || input.startsWith("{") ? "" : clip(input.replaceAll(/\s+/g, " ").trim(), INPUT_LENGTH);
  const excerpt = ran === "" ? signal.description : `${ran} · ${signal.description}`;
  return {
    session_id: signal.sessionId,
    signal_id: signal.id,
    call_id: signal.callId,
    segment,
    line,
    seq: signal.seq,
    excerpt,
  };
}
