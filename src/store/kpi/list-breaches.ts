import type { Cap } from "../../model/cap.ts";
import { capOf } from "../caps/cap-row.ts";
import type { Reader } from "../store.ts";

export interface Breaches {
  /** Scopes that spent more than their cap by more than what was in flight. */
  readonly breached: readonly string[];
  /** Limited scopes looked at. */
  readonly n: number;
  readonly simulated: number;
}

/**
 * A budget breach: an attempt spent more than its cap, and the excess is more than what the requests in flight at its
 * last admitted request went over their own reservations. Admission compares spent plus reserved with the cap, so a
 * greater excess can only come from spending that nobody reserved. An idea, a day or a month is breached when its excess
 * is more than all its attempts' own excesses together: its attempts reserve their whole caps there before they start.
 * A cap that was lowered after the last spending is no breach.
 */
export async function listBreaches(reader: Reader): Promise<Breaches> {
  const rows = await reader.db.selectFrom("caps").selectAll().where("cap", "is not", null).execute();
  const limited = rows.map((row) => ({ cap: capOf(row), updatedAt: row.updated_at }));
  const money = limited.filter(({ cap }) => cap.unit === "usd" || cap.unit === "tokens");
  const simulated = await simulatedScopes(reader);
  const real = money.filter(({ cap }) => !isSimulated(cap, simulated));
  const over = real.filter(({ cap }) => excessOf(cap) > 0);
  const breached: string[] = [];
  for (const { cap, updatedAt } of over) {
    if (excessOf(cap) > (await allowed(reader, cap)) && !(await wasLowered(reader, cap, updatedAt)))
      breached.push(`${cap.scope} ${cap.unit}`);
  }
  return { breached, n: real.length, simulated: money.length - real.length };
}

function excessOf({ cap, spent }: Cap): number {
  return cap === null ? 0 : spent - cap;
}

async function simulatedScopes(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader.db.selectFrom("attempts").select(["id", "idea_id"]).where("simulated", "=", 1).execute();
  return new Set(rows.flatMap(({ id, idea_id: idea }) => [`attempt/${id}`, `idea/${idea}`]));
}

function isSimulated({ scope }: Cap, simulated: ReadonlySet<string>): boolean {
  return scope.endsWith("/simulated") || simulated.has(scope);
}

interface Bill {
  readonly at: string;
  readonly settled_at: string | null;
  readonly reserved: number;
  readonly actual: number;
}

async function allowed(reader: Reader, cap: Cap): Promise<number> {
  const [kind = "", name = ""] = cap.scope.split("/");
  if (kind === "attempt") return overshoot(inFlightAtLast(await bills(reader, cap.unit, name)));
  let sum = 0;
  for (const id of await attemptsOf(reader, kind, name)) {
    const own = await reader.db
      .selectFrom("caps")
      .selectAll()
      .where("scope", "=", `attempt/${id}`)
      .where("unit", "=", cap.unit)
      .executeTakeFirst();
    if (own !== undefined) sum += Math.max(0, excessOf(capOf(own)));
  }
  return sum;
}

async function bills(reader: Reader, unit: Cap["unit"], attempt: string): Promise<readonly Bill[]> {
  const rows = await reader.db
    .selectFrom("ledger")
    .select(["at", "settled_at", "reserved_tokens", "reserved_usd", "total", "usd"])
    .where("attempt_id", "=", attempt)
    .where("kind", "=", "request")
    .where("state", "=", "settled")
    .execute();
  return rows.map(({ at, settled_at, reserved_tokens, reserved_usd, total, usd }) => ({
    at,
    settled_at,
    reserved: unit === "usd" ? (reserved_usd ?? 0) : reserved_tokens,
    actual: (unit === "usd" ? usd : total) ?? 0,
  }));
}

/** The last admitted request, and those that had not been settled when it was admitted. */
function inFlightAtLast(all: readonly Bill[]): readonly Bill[] {
  const last =
    all
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? "";
  return all.filter(({ settled_at: settled }) => settled === null || settled >= last);
}

function overshoot(all: readonly Bill[]): number {
  return all.reduce((sum, { actual, reserved }) => sum + Math.max(0, actual - reserved), 0);
}

async function attemptsOf(reader: Reader, kind: string, name: string): Promise<readonly string[]> {
  const accounts = reader.db.selectFrom("ledger").select(["attempt_id", "at"]).where("kind", "=", "attempt");
  const rows = await (kind === "idea" ? accounts.where("idea_id", "=", name) : accounts).execute();
  return rows.filter(({ at }) => kind === "idea" || at.startsWith(name)).map((row) => row.attempt_id);
}

/** Only reserving, settling and a changed setting touch the row, and nothing can be reserved over a cap. */
async function wasLowered(reader: Reader, { scope }: Cap, updatedAt: string): Promise<boolean> {
  const [kind = "", name = ""] = scope.split("/");
  if (kind === "attempt") return false;
  const ids = await attemptsOf(reader, kind, name);
  if (ids.length === 0) return false;
  const row = await reader.db
    .selectFrom("ledger")
    .select((eb) => eb.fn.max<string | null>("settled_at").as("at"))
    .where("attempt_id", "in", ids)
    .executeTakeFirst();
  return row?.at !== null && row?.at !== undefined && updatedAt > row.at;
}
