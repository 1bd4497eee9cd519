/** Figures as a Markdown table: fit for a terminal and for a page. */
import { isMeasured, ratioOf, verdictOf, type Figure, type Row } from "./figure.ts";

const HEAD = ["measured", "ours", "beside it", "ours is", "limit", "verdict"];
const RULE = ["---", "---:", "---", "---:", "---:", "---"];

export function figuresTable(rows: readonly Row[]): string {
  return [HEAD, RULE, ...rows.map(cellsOf)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cellsOf(row: Row): readonly string[] {
  if (!isMeasured(row)) return [row.what, "–", row.why, "–", "–", verdictOf(row)];
  const { what, unit, ours, beside } = row;
  const verdict = verdictOf(row);
  return [
    what,
    `${amount(ours)} ${unit}`,
    `${beside.name}: ${amount(beside.value)} ${unit}`,
    `${ratioOf(row).toFixed(2)} ×`,
    limitText(row),
    verdict === "not met" ? "**not met**" : verdict,
  ];
}

function limitText({ limit, unit }: Figure): string {
  if (limit === null) return "–";
  return `${limit.is === "at most" ? "≤" : "≥"} ${amount(limit.value)} ${unit}`;
}

/** Three figures that count; more would be noise. */
function amount(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
