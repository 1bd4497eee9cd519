import { anchorIndex, type AnchorIndex, rollHash, rulesAt } from "./anchor-index.ts";
import { ASSIGNMENT_RULE } from "./assignment.ts";
import { GENERIC_RULES } from "./generic-rules.ts";
import type { Finding, Rule } from "./rule.ts";
import { LONGEST_TAG, tagEnd, TAG_START } from "./tag.ts";
import { VENDOR_RULES } from "./vendor-formats.ts";

/** All rules: formats come before surroundings, surroundings before names, and of two that match the first one wins. */
export const RULES: readonly Rule[] = [...VENDOR_RULES, ...GENERIC_RULES, ASSIGNMENT_RULE];

/** The gate in front of all rules. */
export const RULE_INDEX: AnchorIndex = anchorIndex(RULES);

/** The gate with more rules in front, which stop the reader as any other rule would. */
export function extendedIndex(first: readonly Rule[]): AnchorIndex {
  return first.length === 0 ? RULE_INDEX : anchorIndex([...first, ...RULES]);
}

/** An anchor lies in a format's fixed beginning or behind its longest lead. */
const FURTHEST_ANCHOR = 96;

/**
 * The secrets in `text` from left to right, without overlaps. One pass over the characters; a rule runs only where one
 * of its anchors stands.
 */
export function findSecrets(text: string, index: AnchorIndex = RULE_INDEX): Finding[] {
  const findings: Finding[] = [];
  const { table, groups } = index;
  let done = 0;
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = rollHash(hash, text.charCodeAt(at));
    const group = table[hash];
    if (group === 0 || group === undefined || at < done + 2) continue;
    const found = firstFinding(groups[group] ?? [], text, { at: at - 2, done });
    if (found === null) continue;
    findings.push(found);
    done = found.end;
    at = found.end - 1;
  }
  return findings;
}

function firstFinding(
  rules: readonly Rule[],
  text: string,
  { at, done }: { at: number; done: number },
): Finding | null {
  for (const rule of rules) {
    const found = rule.find(text, at);
    if (found === null || found.start < done || found.end <= found.start) continue;
    const whole = beforeTag(text, found);
    if (whole !== null) return rule.names ? whole : named(text, whole);
  }
  return null;
}

/**
 * A finding ends where a tag starts, and none starts inside one: what the tag replaced is gone, and a text that is
 * redacted twice stays as it is.
 */
function beforeTag(text: string, found: Finding): Finding | null {
  const from = Math.max(0, found.start - LONGEST_TAG);
  const around = text.slice(from, found.end);
  for (let at = around.indexOf(TAG_START); at !== -1; at = around.indexOf(TAG_START, at + 1)) {
    const end = tagEnd(text, from + at);
    if (end === null || end <= found.start) continue;
    return from + at <= found.start ? null : { ...found, end: from + at };
  }
  return found;
}

/** The format's own name for a secret found by its surroundings, so that it has one tag wherever it stands. */
function named(text: string, found: Finding): Finding {
  const last = Math.min(found.end, found.start + FURTHEST_ANCHOR);
  for (let anchor = found.start; anchor < last; anchor += 1) {
    for (const rule of rulesAt(RULE_INDEX, text, anchor)) {
      const own = rule.names ? rule.find(text, anchor) : null;
      if (own !== null && own.start === found.start && own.end >= found.end) return own;
    }
  }
  return found;
}
