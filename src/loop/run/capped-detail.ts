import type { Attempt } from "../../model/attempt.ts";
import type { CapUnit } from "../../model/cap.ts";
import { refusedRequest } from "../../store/ledger/refused-request.ts";
import type { Store } from "../../store/store.ts";
import type { Believed } from "./believe.ts";

const LEDGER_CODES: readonly string[] = ["CAP_USD", "CAP_TOKENS", "CAP_RESPONSES"];

/** An attempt that a cap of the ledger ended is told with the figures: the runner does not know them. */
export async function withFigures(store: Store, { id }: Pick<Attempt, "id">, believed: Believed): Promise<Believed> {
  const { failure } = believed;
  if (failure === null || !LEDGER_CODES.includes(failure.code)) return believed;
  const refused = await store.read((reader) => refusedRequest(reader, id));
  if (refused === null) return believed;
  const { unit, wanted, cap } = refused;
  const detail = `${unit}: ${said(unit, wanted)} of ${said(unit, cap)} of this attempt`;
  return { ...believed, failure: { ...failure, detail } };
}

function said(unit: CapUnit, amount: number): string {
  return unit === "usd" ? `$${(amount / 1_000_000).toFixed(4)}` : amount.toLocaleString("en-US");
}
