import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";
import { readEventRows } from "./read-events.ts";
import { NO_SEAL, SEAL_ROWS, sealHash, type Seal, type SealMark } from "./seal.ts";

/**
 * Why a seal does not hold. `rows_missing`: fewer rows than it counts, the tail was cut · `rows_changed`: a row was
 * changed, removed, put in or moved · `seal_changed`: the link itself does not fit the one before, or the one kept
 * elsewhere · `seal_missing`: a link, or the one kept elsewhere, is gone.
 */
export type SealFault = "rows_missing" | "rows_changed" | "seal_changed" | "seal_missing";

export interface BadSeal {
  readonly seal: number;
  /** The rows it covers, counted from 1 in reading order. */
  readonly from: number;
  readonly to: number;
  readonly reason: SealFault;
}

export interface Verdict {
  /** Rows that readers may see. */
  readonly events: number;
  /** Rows covered by seals that hold; rows behind the last seal are not sealed yet, which is no fault. */
  readonly sealed: number;
  readonly ok: boolean;
  readonly first_bad: BadSeal | null;
}

/** Walks rows and seals side by side in bounded memory, also against a seal that was kept elsewhere. */
export async function verifyEvents(reader: Reader, kept: SealMark | null = null): Promise<Verdict> {
  const walk: Walk = { last: null, place: reader.dialect.places.start };
  let bad: BadSeal | null = null;
  for await (const seal of seals(reader)) {
    bad = (await faultOf(reader, walk, seal)) ?? keptFault(kept, seal);
    if (bad !== null) break;
    walk.last = seal;
  }
  bad ??= missingKept(kept, walk.last);
  const sealed = walk.last?.rows ?? 0;
  return { events: await countEvents(reader), sealed, ok: bad === null, first_bad: bad };
}

/** How far the walk has come: the last good seal and the place of the last row it covers. */
interface Walk {
  last: Seal | null;
  place: Position;
}

async function faultOf(reader: Reader, walk: Walk, seal: Seal): Promise<BadSeal | null> {
  const done = walk.last?.rows ?? 0;
  const count = seal.rows - done;
  const bad = (reason: SealFault): BadSeal => ({ seal: seal.n, from: done + 1, to: seal.rows, reason });
  if (seal.n !== (walk.last?.n ?? 0) + 1) return bad("seal_missing");
  if (seal.previous !== (walk.last?.hash ?? NO_SEAL)) return bad("seal_changed");
  if (count < 1 || count > SEAL_ROWS) return bad("seal_changed");
  const rows = await readEventRows(reader, { after: walk.place, limit: count });
  walk.place = rows.at(-1)?.position ?? walk.place;
  if (rows.length < count) return bad("rows_missing");
  return sealHash(seal.previous, rows) === seal.hash ? null : bad("rows_changed");
}

function keptFault(kept: SealMark | null, seal: Seal): BadSeal | null {
  if (kept === null || kept.n !== seal.n || kept.hash === seal.hash) return null;
  return { seal: seal.n, from: 1, to: seal.rows, reason: "seal_changed" };
}

function missingKept(kept: SealMark | null, last: Seal | null): BadSeal | null {
  if (kept === null || kept.n <= (last?.n ?? 0)) return null;
  const from = (last?.rows ?? 0) + 1;
  return { seal: kept.n, from, to: from, reason: "seal_missing" };
}

/** All seals in order, a page at a time. */
async function* seals(reader: Reader): AsyncGenerator<Seal> {
  for (let n = 0; ;) {
    const page = await reader.db
      .selectFrom("event_seals")
      .selectAll()
      .where("n", ">", n)
      .orderBy("n")
      .limit(SEAL_ROWS)
      .execute();
    const end = page.at(-1);
    if (end === undefined) return;
    yield* page;
    n = end.n;
  }
}

async function countEvents(reader: Reader): Promise<number> {
  const { count } = await reader.db
    .selectFrom("events")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where((eb) => reader.dialect.settled(eb))
    .executeTakeFirstOrThrow();
  return count;
}
