import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const CSS = readFileSync(join(import.meta.dirname, "styles.css"), "utf8");
const COLOURS = new Map(
  [...CSS.matchAll(/^ {2}--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);/gm)].map(([, name = "", ...both]) => [
    name,
    both,
  ]),
);

const TEXTS = ["ink", "muted", "faint", "accent", "friction", "delight", "caution"];
const GROUNDS = ["ground", "surface", "sunken", "hover"];
/** Text that also stands on a ground of its own kind. */
const PAIRS = [
  ["friction", "friction-soft"],
  ["delight", "delight-soft"],
  ["caution", "caution-soft"],
  ["accent", "accent-soft"],
  ["ink", "accent-soft"],
  ["muted", "accent-soft"],
  ["faint", "accent-soft"],
  ["friction", "accent-soft"],
] as const;

for (const [index, scheme] of ["light", "dark"].entries()) {
  test(`[JOB-1] every text of the ${scheme} console has a contrast of 4.5 on its ground`, () => {
    const all = [...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)), ...PAIRS];
    const weak = all.filter(([text, ground]) => contrast(colour(text, index), colour(ground, index)) < 4.5);
    expect(weak.map((pair) => pair.join(" on "))).toEqual([]);
  });
}

function colour(name: string, index: number): string {
  const found = COLOURS.get(name)?.[index];
  if (found === undefined) throw new Error(`styles.css has no colour --${name}`);
  return found;
}

/** WCAG 2 contrast of two `#rrggbb` colours, 1 to 21. */
function contrast(left: string, right: string): number {
  const [low = 0, high = 0] = [luminance(left), luminance(right)].toSorted((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
