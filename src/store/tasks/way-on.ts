import { capScopeOf, type Cap, type CapUnit } from "../../model/cap.ts";
import type { Task } from "../../model/task.ts";
import { listAttempts } from "../attempts/list-attempts.ts";
import { listCaps } from "../caps/list-caps.ts";
import { refusedRequest } from "../ledger/refused-request.ts";
import type { Reader } from "../store.ts";

type Parked = Pick<Task, "id" | "ideaId" | "state" | "reason">;

const UNITS: Readonly<Record<string, Extract<CapUnit, "usd" | "tokens">>> = { CAP_USD: "usd", CAP_TOKENS: "tokens" };
/** One extension at most doubles what was allowed at first; whoever needs more than so many had better think again. */
const EXTENSIONS_AT_MOST = 5;
const CENT = 10_000;

/**
 * The very command that widens the cap a task is parked for, enough for what the last attempt wanted; `null`: it is parked
 * for nothing that an extension widens.
 */
export async function wayOn(reader: Reader, task: Parked): Promise<string | null> {
  if (task.state !== "parked") return null;
  if (task.reason === "CAP_SESSIONS") return `codex-loop budget extend ${task.id} --sessions 1`;
  const unit = UNITS[task.reason ?? ""];
  if (unit === undefined) return null;
  const caps = await listCaps(reader, [capScopeOf.idea(task.ideaId)]);
  const cap = caps.find((one) => one.unit === unit);
  const lacks = cap === undefined ? null : await lacking(reader, task, cap);
  return cap === undefined || lacks === null
    ? null
    : commands(task, { unit, lacks, base: (cap.cap ?? 0) - cap.extended });
}

/** What the next attempt lacks to do all that the last one wanted: of its own cap, or of what its idea has left. */
async function lacking(reader: Reader, { id }: Parked, { unit, cap, spent }: Cap): Promise<number | null> {
  const [last] = await listAttempts(reader, { taskId: id, limit: 1 });
  if (last === undefined || cap === null) return null;
  const { microDollars, tokens } = last.order.caps;
  const own = unit === "usd" ? microDollars : tokens;
  const refused = await refusedRequest(reader, last.id);
  const wanted = refused?.unit === unit ? refused.wanted : own;
  return Math.max(1, wanted - own, wanted - (cap - spent));
}

interface Lack {
  readonly unit: "usd" | "tokens";
  readonly lacks: number;
  /** What one extension may add. */
  readonly base: number;
}

function commands({ ideaId }: Parked, { unit, lacks, base }: Lack): string | null {
  const parts: string[] = [];
  for (let left = unit === "usd" ? Math.ceil(lacks / CENT) * CENT : lacks; left > 0; left -= base) {
    if (parts.length === EXTENSIONS_AT_MOST || base < 1) return null;
    const by = Math.min(left, base);
    parts.push(`codex-loop budget extend ${ideaId} --${unit} ${unit === "usd" ? by / 1_000_000 : by}`);
  }
  return parts.join(" && ");
}
