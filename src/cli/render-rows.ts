import { counted } from "../kit/text.ts";
import type { IngestRow } from "../views/shapes/ingest.ts";
import type { SearchRow } from "../views/shapes/search.ts";
import type { SignalRow } from "../views/shapes/signal.ts";
import type { UsageReport, UsageTotals } from "../views/shapes/usage.ts";
import type { Output } from "./output.ts";
import { sampleLine } from "./sample-line.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";
import { dollars } from "./words.ts";

export function renderIngest(row: IngestRow): string {
  const rate = row.seconds > 0 ? ` (${(row.bytes_read / 1_000_000 / row.seconds).toFixed(0)} MB/s)` : "";
  const lines = [
    `${counted(row.files, "file")} read, ${row.unchanged} unchanged, ${(row.bytes_read / 1_000_000).toFixed(1)} MB in ${row.seconds.toFixed(1)} s${rate}`,
    `${counted(row.sessions, "session")}, ${counted(row.turns, "turn")}, ${counted(row.tool_calls, "tool call")}`,
    ...row.problems.map((problem) => `not read: ${visible(problem.path)} (${problem.reason.replaceAll("_", " ")})`),
    ...unreadable(row),
    ...Object.entries(row.unknown_types).map(([type, count]) => `unknown line type: ${visible(type)} (${count} times)`),
  ];
  return lines.join("\n");
}

function unreadable(row: IngestRow): readonly string[] {
  if (row.unreadable === 0) return [];
  const shown = row.unreadable_lines.map(
    (line) => `  ${visible(line.path)}:${line.line} at byte ${line.offset}: ${line.reason}`,
  );
  const more = row.unreadable > shown.length ? [`  … and ${row.unreadable - shown.length} more`] : [];
  return [`${counted(row.unreadable, "line")} could not be read:`, ...shown, ...more];
}

const SIGNAL_COLUMNS: readonly Column<SignalRow>[] = [
  { title: "signal", value: (row) => row.category },
  { title: "type", value: (row) => row.type },
  { title: "severity", value: (row) => row.severity.toFixed(1), align: "right" },
  { title: "session", value: (row) => row.session_id },
  { title: "line", value: (row) => String(row.evidence.line), align: "right" },
  { title: "what", value: (row) => row.description, elastic: true },
];

export function renderSignals(rows: readonly SignalRow[], output: Output): string {
  return rows.length === 0
    ? "No signals."
    : `${table(rows, SIGNAL_COLUMNS, output)}\n${counted(rows.length, "signal")}${sampleLine(rows, output)}`;
}

const SEARCH_COLUMNS: readonly Column<SearchRow>[] = [
  { title: "session", value: (row) => row.session_id },
  { title: "line", value: (row) => String(row.line), align: "right" },
  { title: "in", value: (row) => row.source },
  { title: "text", value: (row) => row.excerpt, elastic: true },
];

export function renderSearch(rows: readonly SearchRow[], output: Output): string {
  return rows.length === 0 ? "Nothing found." : `${table(rows, SEARCH_COLUMNS, output)}${sampleLine(rows, output)}`;
}

const USAGE_COLUMNS: readonly Column<UsageTotals & { readonly key: string }>[] = [
  { title: "key", value: (row) => row.key },
  { title: "total", value: (row) => amount(row.total), align: "right" },
  { title: "input", value: (row) => amount(row.input), align: "right" },
  { title: "cached", value: (row) => amount(row.cached_input), align: "right" },
  { title: "output", value: (row) => amount(row.output), align: "right" },
  { title: "reasoning", value: (row) => amount(row.reasoning), align: "right" },
  { title: "usd", value: (row) => dollars(row.usd), align: "right" },
  { title: "from", value: (row) => row.provenance },
];

function amount(tokens: number | null): string {
  return tokens === null ? "unknown" : String(tokens);
}

export function renderUsage(report: UsageReport, output: Output): string {
  const rows = [...report.rows, { key: "total", ...report.totals }];
  const unpriced =
    report.unpriced_models.length === 0 ? "" : `\nNo price known for: ${report.unpriced_models.join(", ")}`;
  const silent =
    report.sessions_without_tokens === 0
      ? ""
      : `\n${counted(report.sessions_without_tokens, "session")} recorded no tokens (Codex 0.27)`;
  return `${table(rows, USAGE_COLUMNS, output)}${unpriced}${silent}`;
}
