import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";
import { readCursor } from "./read-cursor.ts";
import { readEventRows } from "./read-events.ts";

import { NO_SEAL, SEAL_ROWS, SEALER, sealHash, type Seal, type SealMark } from "./seal.ts";

/**
 * Why the log does not hold. `rows_missing`: fewer rows than a seal counts or a consumer has read, the tail was cut · `rows_changed`: a row was
 * changed, removed, put in or moved · `seal_changed`: the link itself does not fit the one before, or the one kept
 * elsewhere · `seal_missing`: a link, one that the sealer has written, or the one kept elsewhere, is gone.
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
  /** The last seal that holds: what a person keeps elsewhere. */
  readonly seal: SealMark | null;
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
  bad ??= missingKept(kept, walk.last) ?? (await cursorFault(reader, walk));
  const { n, hash, rows: sealed } = walk.last ?? { n: 0, hash: NO_SEAL, rows: 0 };
  const seal = n === 0 ? null : { n, hash };
  return { events: await countEvents(reader), sealed, ok: bad === null, first_bad: bad, seal };
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

/** A consumer that has read beyond the last row, or a sealer that has sealed beyond the last seal, saw what is gone by now. */
async function cursorFault(reader: Reader, { last, place }: Walk): Promise<BadSeal | null> {
  const from = (last?.rows ?? 0) + 1;
  const bad = (reason: SealFault): BadSeal => ({ seal: (last?.n ?? 0) + 1, from, to: from, reason });
  if (await readsBeyondEnd(reader)) return bad("rows_missing");
  return (await sealsBeyond(reader, place)) ? bad("seal_missing") : null;
}

async function readsBeyondEnd(reader: Reader): Promise<boolean> {
  const { places } = reader.dialect;
  const query = reader.db.selectFrom("events").select((eb) => places.of(eb).as("position"));
  const end = await places.inOrder(query, "desc").limit(1).executeTakeFirst();
  const reached = await reader.db.selectFrom("consumer_cursors").select("position").execute();
  for (const { position } of reached) {
    if (position === places.start || position === end?.position) continue;
    // Only `moveCursor` and imports write places.
    if (!(await standsBehind(reader, position as Position))) return true;
  }
  return false;
}

async function sealsBeyond(reader: Reader, place: Position): Promise<boolean> {
  const { places } = reader.dialect;
  const sealer = await readCursor(reader, SEALER);
  const query = reader.db
    .selectFrom("events")
    .select("id")
    .where((eb) => eb.and([places.after(eb, place), eb.not(places.after(eb, sealer))]));
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

/** Whether any row stands behind a place. */
async function standsBehind(reader: Reader, position: Position): Promise<boolean> {
  const query = reader.db
    .selectFrom("events")
    .select("id")
    .where((eb) => reader.dialect.places.after(eb, position));
  return (await query.limit(1).executeTakeFirst()) !== undefined;
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
