import { expect, test } from "vitest";
import { familyOf, identity, type FamilyWish } from "./family.ts";
import type { ProcessRow } from "./process-rows.ts";

const ME = 100;
const ROOT = { pid: 200, start: "50" };

function row(pid: number, parent: number, more: Partial<ProcessRow> = {}): ProcessRow {
  return { pid, parent, group: pid, session: pid, start: "60", isOver: false, ...more };
}

const MACHINE = [row(1, 0, { start: "1" }), row(ME, 1, { start: "40" }), row(ROOT.pid, ME, { start: ROOT.start })];

function pidsOf(rows: readonly ProcessRow[], wish: Partial<FamilyWish> = {}): number[] {
  const all = { root: ROOT, self: ME, known: new Set<string>(), isMarked: () => false, ...wish };
  return familyOf([...MACHINE, ...rows], all).map(({ pid }) => pid);
}

test("[RUN-5] the program, its group, its session and all that descends from them", () => {
  const group = row(201, 1, { group: ROOT.pid, session: ROOT.pid });
  const session = row(202, 1, { session: ROOT.pid });
  const child = row(203, ROOT.pid);
  const grandchild = row(204, 203);
  const stranger = row(205, ME);
  expect(pidsOf([group, session, child, grandchild, stranger])).toEqual([200, 201, 202, 203, 204]);
});

test("[RUN-5] a daemon whose parents are gone is found by its mark", () => {
  const daemon = row(300, 1);
  expect(pidsOf([daemon])).toEqual([200]);
  expect(pidsOf([daemon], { isMarked: (pid) => pid === 300 })).toEqual([200, 300]);
});

test("[RUN-5] a process that was seen in the family stays in it, wherever it has gone", () => {
  const gone = row(301, 1);
  expect(pidsOf([gone], { known: new Set([identity(gone)]) })).toEqual([200, 301]);
  expect(pidsOf([{ ...gone, start: "99" }], { known: new Set([identity(gone)]) })).toEqual([200]);
});

test("[RUN-5] who looks is never part of it, nor are other programs that it runs under the same mark", () => {
  const other = row(400, ME);
  const isMarked = (pid: number): boolean => [ME, 200, 400, 401].includes(pid);
  expect(pidsOf([other, row(401, 1)], { isMarked })).toEqual([200, 401]);
});

test("[RUN-5] a pid that somebody else has by now is not the program", () => {
  const rows = [row(1, 0), row(ME, 1), row(ROOT.pid, 1, { start: "70" }), row(201, ROOT.pid, { group: ROOT.pid })];
  const wish = { root: ROOT, self: ME, known: new Set<string>(), isMarked: () => false };
  expect(familyOf(rows, wish)).toEqual([]);
});

test("[RUN-5] what has ended and waits for its parent is not alive", () => {
  expect(pidsOf([row(201, ROOT.pid, { isOver: true })])).toEqual([200]);
});
