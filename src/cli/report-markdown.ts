import type { Report } from "../views/shapes/report.ts";
import { visible } from "./visible.ts";
import { cost, dollars, minutes, percent, tokens } from "./words.ts";

/** The report as a Markdown file: same facts, for an issue or a wiki. Cells are escaped, so recordings cannot break the table. */
export function reportMarkdown(report: Report): string {
  const sections = [heading(report), costs(report), evidence(report), signals(report)];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function heading(report: Report): string {
  const sample = report.sample_data ? "\n\n> Sample data: these are the recordings shipped with Codex Loop." : "";
  const total = report.tokens.total;
  return `# Codex Loop report\n\nGenerated ${report.generated_at}. ${report.sessions} sessions, ${tokens(total)} tokens (${report.tokens.provenance}).${sample}`;
}

function costs(report: Report): string {
  if (report.friction_cost.length === 0) return "";
  const total = report.friction_cost_total;
  const share = total.share_of_tokens === null ? "" : ` (${percent(total.share_of_tokens)} of all tokens)`;
  const rows = report.friction_cost.map((row) =>
    line([
      row.category,
      row.family,
      String(row.tokens),
      minutes(row.minutes),
      dollars(row.usd),
      String(row.times),
      String(row.sessions),
      String(row.recovered),
    ]),
  );
  const sum = `Measured from failure to recovery: ${total.tokens} tokens${share}, ${minutes(total.minutes)}, ${cost(total.usd)}.`;
  const head = line(["what", "where", "tokens", "time", "money", "times", "sessions", "recovered"]);
  return [
    "## What friction cost",
    "",
    sum,
    "",
    head,
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function evidence(report: Report): string {
  const rows = report.friction_cost.flatMap((row) =>
    row.evidence.map((item) =>
      line([row.category, row.family, item.session_id, `${item.segment}:${item.line}`, item.excerpt]),
    ),
  );
  if (rows.length === 0) return "";
  return [
    "## Evidence",
    "",
    line(["what", "where", "session", "line", "text"]),
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function signals(report: Report): string {
  const rows = report.signals.categories.map((row) =>
    line([row.category, row.type, String(row.count), String(row.sessions)]),
  );
  if (rows.length === 0) return "";
  return ["## Signals", "", line(["signal", "type", "count", "sessions"]), "| --- | --- | ---: | ---: |", ...rows].join(
    "\n",
  );
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** Text from recordings as one inert table cell: no pipes, breaks, tags, links or mentions that Markdown would act on. */
function cell(text: string): string {
  const escaped = visible(text).replaceAll(/[\\|<>&[\]*_~#!`]/g, "\\$&");
  // Mentions and bare addresses have no escape; an invisible break ends them.
  return escaped.replaceAll(/@|:(?=\/\/)|www(?=\.)/gi, "$&\u200B");
}
