import type { Reader } from "../store.ts";
import { lastSeal } from "./last-seal.ts";
import type { CursorMove } from "./move-cursor.ts";
import { readCursor } from "./read-cursor.ts";
import { readEventRows } from "./read-events.ts";
import { NO_SEAL, SEALER, SEAL_ROWS, sealHash, type Seal } from "./seal.ts";

/** The next seal, computed but not yet written. */
export interface SealDraft {
  readonly seal: Omit<Seal, "sealed_at">;
  /** How many rows this seal adds. */
  readonly added: number;
  readonly move: CursorMove;
}

/** Hashes the next rows that readers may see, outside any write, so that no writer waits for the hash; `null` when all are sealed. */
export async function draftSeal(reader: Reader): Promise<SealDraft | null> {
  const last = await lastSeal(reader);
  const from = await readCursor(reader, SEALER);
  const rows = await readEventRows(reader, { after: from, limit: SEAL_ROWS });
  const end = rows.at(-1);
  if (end === undefined) return null;
  const previous = last?.hash ?? NO_SEAL;
  return {
    seal: {
      n: (last?.n ?? 0) + 1,
      rows: (last?.rows ?? 0) + rows.length,
      hash: sealHash(previous, rows),
      previous,
    },
    added: rows.length,
    move: { consumer: SEALER, from, to: end.position },
  };
}
