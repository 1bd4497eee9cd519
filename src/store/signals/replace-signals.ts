import type { SessionId } from "../../model/ids.ts";
import type { Signal } from "../../model/signal.ts";
import { REDACTION_VERSION } from "../../policy/redact/redaction-version.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { signalRow } from "./signal-row.ts";

export interface SignalsOfSessions {
  /** The sessions that were looked at; what they had before goes. */
  readonly sessions: readonly SessionId[];
  readonly signals: readonly Signal[];
}

/** Puts the signals of some sessions in the place of those they had. Costs of signals that are gone go with them. */
export async function replaceSignals(tx: Tx, { sessions, signals }: SignalsOfSessions): Promise<void> {
  await tx.db
    .deleteFrom("signals")
    .where("session_id", "in", [...sessions])
    .execute();
  const rows = signals.map((signal) => signalRow(signal, REDACTION_VERSION));
  await putRows(tx, "signals", { rows, key: ["id"], then: "update" });
  await tx.db
    .deleteFrom("friction_costs")
    .where("session_id", "in", [...sessions])
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom("signals").select("id").whereRef("signals.id", "=", "friction_costs.signal_id"))),
    )
    .execute();
}
