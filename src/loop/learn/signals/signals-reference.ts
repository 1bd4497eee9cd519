import { signalType } from "../../../model/signal.ts";
import type { SignalRule, Source } from "./rule.ts";
import { SIGNAL_TABLE } from "./table.ts";
import { THRESHOLDS } from "./thresholds.ts";

const SOURCES: { readonly [source in Source]: string } = {
  predecessor: "the predecessor's rule, corrected where its reading was wrong",
  interface: "the published interface",
  own: "our decision",
};

/** The reference page of signals as Markdown, made from the table of rules and the table of thresholds. */
export function signalsReference(): string {
  return [
    "# Signals",
    "",
    "Moments of friction and delight that rules find in a session. Severity goes from 0 (a shrug) to 1 (a lost session).",
    "A mechanical rule stands on recorded facts; a heuristic goes by words and its findings are shown as estimated.",
    "",
    ...section(
      "Friction",
      SIGNAL_TABLE.filter((rule) => signalType(rule.category) === "friction"),
    ),
    ...section(
      "Delight",
      SIGNAL_TABLE.filter((rule) => signalType(rule.category) === "delight"),
    ),
    "## Thresholds",
    "",
    "| threshold | value | means | source |",
    "|---|---|---|---|",
    ...Object.entries(THRESHOLDS).map(
      ([name, { value, meaning, source }]) => `| ${name} | ${value} | ${meaning} | ${source} |`,
    ),
    "",
    "## Sources",
    "",
    ...Object.entries(SOURCES).map(([source, meaning]) => `- **${source}**: ${meaning}`),
    "",
  ].join("\n");
}

function section(title: string, rules: readonly SignalRule[]): string[] {
  return [
    `## ${title}`,
    "",
    "| category | severity | detector | version | definition | source |",
    "|---|---|---|---|---|---|",
    ...rules.map(
      (rule) =>
        `| \`${rule.category}\` | ${rule.severity} | ${rule.detector} | ${rule.version} | ${rule.definition} | ${rule.source} |`,
    ),
    "",
  ];
}
