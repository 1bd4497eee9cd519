import type { Rule } from "./rule.ts";

/** Twenty-one bits hold three ASCII characters exactly; what the mask drops of others can only cause a needless look. */
const SHIFT = 7;
const MASK = 0x1fffff;

/**
 * The one gate in front of all rules: a table over the rolling hash of the last three characters. Ordinary text walks
 * through it at the speed of reading, whatever the number of rules; a hash that some anchor has leads to its rules.
 */
export interface AnchorIndex {
  /** For each hash the number of its group in `groups`; 0 when no anchor has it. */
  readonly table: Uint16Array;
  readonly groups: readonly (readonly Rule[])[];
}

/** The hash after reading `code`: of that character and the two before it. */
export function rollHash(hash: number, code: number): number {
  return ((hash << SHIFT) ^ code) & MASK;
}

/** Builds the gate for `rules`; rules of one anchor keep their order. */
export function anchorIndex(rules: readonly Rule[]): AnchorIndex {
  const byHash = new Map<number, Rule[]>();
  for (const rule of rules) {
    for (const hash of new Set(rule.anchors.flatMap(anchorHashes))) {
      const group = byHash.get(hash);
      if (group === undefined) byHash.set(hash, [rule]);
      else group.push(rule);
    }
  }
  const table = new Uint16Array(MASK + 1);
  const groups: (readonly Rule[])[] = [[]];
  for (const [hash, group] of byHash) {
    table[hash] = groups.length;
    groups.push(group);
  }
  return { table, groups };
}

/** The rules that have an anchor at `at`. */
export function rulesAt(index: AnchorIndex, text: string, at: number): readonly Rule[] {
  if (at + 3 > text.length) return [];
  let hash = 0;
  for (let step = 0; step < 3; step += 1) hash = rollHash(hash, text.charCodeAt(at + step));
  return index.groups[index.table[hash] ?? 0] ?? [];
}

function anchorHashes(anchor: string): number[] {
  const [first, second, third] = plainUnits(anchor).map(unitCharacters);
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error(`anchor ${anchor} does not start with three plain characters or classes`);
  }
  const codes = (units: readonly string[]): number[] => units.map((unit) => unit.charCodeAt(0));
  return codes(first).flatMap((a) =>
    codes(second).flatMap((b) => codes(third).map((c) => rollHash(rollHash(rollHash(0, a), b), c))),
  );
}

/**
 * The three characters of an expression's fixed beginning that ordinary text has least (`pm_` of `npm_`). Returns them with their distance from the beginning.
 */
export function rarestAnchor(prefix: string): { readonly anchor: string; readonly offset: number } {
  const units = plainUnits(prefix);
  const windows = units.slice(2).map((_, offset) => ({ anchor: units.slice(offset, offset + 3).join(""), offset }));
  const best = windows.toSorted((left, right) => rarity(right.anchor) - rarity(left.anchor))[0];
  if (best === undefined) throw new Error(`prefix ${prefix} has fewer than three plain characters`);
  return best;
}

/** A rough order of how seldom text has these characters: letters are common, any letter is everywhere, signs are rare. */
function rarity(anchor: string): number {
  const weights = plainUnits(anchor).map((unit) =>
    unit.includes("a-z") ? 0 : /^[a-z]$/.test(unit) ? 2 : unit === "_" ? 3 : 4,
  );
  return weights.reduce((sum: number, weight) => sum + weight, 0);
}

/** The literals, escapes and classes at the beginning of an expression, up to the first group or repetition. */
function plainUnits(expression: string): string[] {
  const units: string[] = [];
  const unit = /(\[[^\]]+\]|\\.|[^\\[\](){}*+?|^$])(?![*+?{])/sy;
  for (let match = unit.exec(expression); match !== null; match = unit.exec(expression)) units.push(match[0]);
  return units;
}

/** What a literal, an escape or a class can be. */
function unitCharacters(unit: string): string[] {
  if (unit.startsWith("\\")) return [unit.slice(1)];
  if (!unit.startsWith("[")) return [unit];
  return [...unit.slice(1, -1).matchAll(/(.)-(.)|(.)/gs)].flatMap(([, from, to, single]) => {
    if (from === undefined || to === undefined) return single === undefined ? [] : [single];
    const first = from.charCodeAt(0);
    return Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, step) => String.fromCharCode(first + step));
  });
}
