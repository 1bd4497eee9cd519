import { clip, counted } from "../kit/text.ts";
import type { CategoryRow, EvidenceRow, FrictionCostRow, RateRow, Report } from "../views/shapes/report.ts";
import type { Output } from "./output.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";
import { cost, dollars, minuteOf, minutes, percent, tokens } from "./words.ts";

const SHOWN_COSTS = 8;
const SHOWN_EVIDENCE_ROWS = 3;

/** What was learned, the costliest first: made to be understood in ten seconds. */
export function renderReport(report: Report, output: Output): string {
  const parts = [
    head(report, output),
    costs(report, output),
    evidence(report, output),
    categories(report, output),
    next(report, output),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function head(report: Report, output: Output): string {
  const sample = report.sample_data ? ` · ${output.style("yellow", "sample data")}` : "";
  const period =
    report.period.from === null ? "" : ` · ${minuteOf(report.period.from)} to ${minuteOf(report.period.to)} UTC`;
  const { total, provenance } = report.tokens;
  const title = `${output.style("bold", "Codex Loop report")}${sample}`;
  const facts = `${counted(report.sessions, "session")}${period} · ${tokens(total)} tokens (${provenance})`;
  const rates = `sessions with friction: ${rate(report.sessions_with_friction)}\nfailed tool calls: ${rate(report.call_failure_rate)}`;
  return report.sessions === 0 ? `${title}\nNo sessions yet.` : `${title}\n${facts}\n${rates}`;
}

function rate(row: RateRow): string {
  if (row.kind === "rate") return `${percent(row.value)} (n ${row.n})`;
  return `insufficient data (n ${row.n}, needs ${row.needed})`;
}

const COST_COLUMNS: readonly Column<FrictionCostRow>[] = [
  { title: "what", value: (row) => row.category },
  { title: "where", value: (row) => row.family, elastic: true },
  { title: "tokens", value: (row) => tokens(row.tokens), align: "right" },
  { title: "time", value: (row) => minutes(row.minutes), align: "right" },
  { title: "money", value: (row) => dollars(row.usd), align: "right" },
  { title: "times", value: (row) => String(row.times), align: "right" },
  { title: "sessions", value: (row) => String(row.sessions), align: "right" },
  { title: "recovered", value: (row) => `${row.recovered} of ${row.times}`, align: "right" },
];

function costs(report: Report, output: Output): string {
  const rows = report.friction_cost;
  if (rows.length === 0) return report.sessions === 0 ? "" : "No friction with a measured price.";
  const total = report.friction_cost_total;
  const share = total.share_of_tokens === null ? "" : `, ${percent(total.share_of_tokens)} of all tokens`;
  const title = output.style("bold", "What friction cost, from failure to recovery (measured)");
  const sum = `${tokens(total.tokens)} tokens, ${minutes(total.minutes)}, ${cost(total.usd)}${share}`;
  const more = rows.length > SHOWN_COSTS ? `\n… ${rows.length - SHOWN_COSTS} more: codex-loop report --json` : "";
  return `${title}\n${sum}\n${table(rows.slice(0, SHOWN_COSTS), COST_COLUMNS, output)}${more}`;
}

function evidence(report: Report, output: Output): string {
  const rows = report.friction_cost.slice(0, SHOWN_EVIDENCE_ROWS).filter((row) => row.evidence.length > 0);
  if (rows.length === 0) return "";
  const blocks = rows.map((row) =>
    [
      clip(visible(`${row.category} ${row.family}`), roomFor("", output)),
      ...row.evidence.map((item) => pointer(item, output)),
    ].join("\n"),
  );
  return [output.style("bold", "Mend first"), ...blocks].join("\n");
}

function pointer(item: EvidenceRow, output: Output): string {
  const place = `  ${item.session_id} line ${item.line}  `;
  return `${place}${output.style("dim", clip(visible(item.excerpt), roomFor(place, output)))}`;
}

/** Columns left on a line that begins with `start`. */
function roomFor(start: string, output: Output): number {
  return Number.isFinite(output.columns) ? Math.max(20, output.columns - start.length) : 160;
}

const CATEGORY_COLUMNS: readonly Column<CategoryRow>[] = [
  { title: "signal", value: (row) => row.category },
  { title: "type", value: (row) => row.type },
  { title: "count", value: (row) => String(row.count), align: "right" },
  { title: "sessions", value: (row) => String(row.sessions), align: "right" },
];

function categories(report: Report, output: Output): string {
  if (report.signals.categories.length === 0) return "";
  const title = output.style("bold", "Signals");
  return `${title}: ${report.signals.friction} friction, ${report.signals.delight} delight\n${table(report.signals.categories, CATEGORY_COLUMNS, output)}`;
}

function next(report: Report, output: Output): string {
  const first = report.friction_cost[0]?.evidence[0];
  const unreadable =
    report.unreadable === 0
      ? ""
      : `${counted(report.unreadable, "line")} could not be read: codex-loop ingest --json names them.\n`;
  if (report.sessions === 0) return "Next: codex-loop ingest (reads your Codex home), or codex-loop ingest PATH";
  if (first === undefined) return `${unreadable}Next: codex-loop sessions list`;
  return `${unreadable}${output.style("dim", "Next:")} codex-loop sessions show ${first.session_id}`;
}
