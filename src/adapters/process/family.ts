import type { ProcessRow } from "./process-rows.ts";

/** Who belongs to a started program. */
export interface FamilyWish {
  /** The program that was started in a session and group of its own. */
  readonly root: { readonly pid: number; readonly start: string };
  /** The process that looks: neither it nor its ancestors ever belong. */
  readonly self: number;
  /** Processes that were seen in the family before, by `identity`: they belong wherever they have gone since. */
  readonly known: ReadonlySet<string>;
  /** Tells whether a process started with the attempt's mark. */
  readonly isMarked: (pid: number) => boolean;
}

/** Names a process for good: a pid alone is used again. */
export function identity({ pid, start }: Pick<ProcessRow, "pid" | "start">): string {
  return `${pid}/${start}`;
}

/**
 * The living processes of a program's family: its session, its group, everything that descends from them, whoever was seen
 * in it before, and strays that carry its mark: a daemon whose parents have all ended is found by nothing else.
 */
export function familyOf(rows: readonly ProcessRow[], wish: FamilyWish): readonly ProcessRow[] {
  const own = lineOf(rows, wish.self);
  const living = rows.filter((row) => !row.isOver && !own.has(row.pid));
  const found = new Set(living.filter((row) => isMember(row, rows, wish)));
  for (const row of living) if (isStray(row, rows, wish)) found.add(row);
  addDescendants(found, living);
  return [...found];
}

function isMember(row: ProcessRow, rows: readonly ProcessRow[], { root, known }: FamilyWish): boolean {
  if (known.has(identity(row))) return true;
  // Somebody else has the number by now: what it leads is not ours. As long as the group lives nobody can have it.
  if (rows.some(({ pid, start }) => pid === root.pid && start !== root.start)) return false;
  return row.pid === root.pid || row.group === root.pid || row.session === root.pid;
}

/** A runner carries the mark itself and has other programs running: of those that carry it, only strays are meant then. */
function isStray(row: ProcessRow, rows: readonly ProcessRow[], { self, isMarked }: FamilyWish): boolean {
  return isMarked(row.pid) && !(isMarked(self) && lineOf(rows, row.pid).has(self));
}

/** A process and all its ancestors. */
function lineOf(rows: readonly ProcessRow[], pid: number): ReadonlySet<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]));
  const line = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && at !== 0 && !line.has(at); at = parents.get(at))
    line.add(at);
  return line;
}

function addDescendants(found: Set<ProcessRow>, living: readonly ProcessRow[]): void {
  const pids = new Set([...found].map((row) => row.pid));
  for (let grew = true; grew;) {
    const more = living.filter((row) => !found.has(row) && pids.has(row.parent));
    for (const row of more) {
      found.add(row);
      pids.add(row.pid);
    }
    grew = more.length > 0;
  }
}
