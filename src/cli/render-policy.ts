import { counted } from "../kit/text.ts";
import type { DecisionWord } from "../model/policy.ts";
import type { PolicyCheck, PolicyDifference, PolicyReplay, PolicyRuleRow } from "../views/shapes/policy.ts";
import type { Output, Style } from "./output.ts";
import { table, type Column } from "./table.ts";
import { visible } from "./visible.ts";

const STYLES: Readonly<Record<DecisionWord, Style>> = { pass: "green", need: "yellow", unknown: "red", deny: "red" };
const SAID: Readonly<Record<DecisionWord, string>> = {
  pass: "pass",
  need: "need: a person has to approve",
  unknown: "unknown, which blocks",
  deny: "deny",
};

const RULES: readonly Column<PolicyRuleRow>[] = [
  { title: "gate", value: (row) => row.gate },
  { title: "rule", value: (row) => row.rule },
  { title: "verdict", value: (row) => row.verdict },
  { title: "why", value: (row) => row.reason, elastic: true },
];

export function renderCheck(check: PolicyCheck, output: Output): string {
  const what = `${counted(check.files, "file")}, ${counted(check.lines, "line")}, by ${check.actor === "agent" ? "an agent" : "a person"}`;
  const range = `${check.base.slice(0, 12)}..${check.head.slice(0, 12)}`;
  const head = `${output.style(STYLES[check.decision], SAID[check.decision])}  ${visible(check.repository)} ${range}: ${what}`;
  const speaking = check.rules.filter(({ verdict }) => verdict !== "pass");
  const passed = counted(check.rules.length - speaking.length, "rule");
  const rows = speaking.length === 0 ? "" : `${table(speaking, RULES, output)}\n`;
  return `${head}\n${rows}${passed} passed.`;
}

const DIFFERENCES: readonly Column<PolicyDifference>[] = [
  { title: "decided", value: (row) => row.decided_at.slice(0, 16).replace("T", " ") },
  { title: "gate", value: (row) => row.gate },
  { title: "subject", value: (row) => row.subject },
  { title: "before", value: (row) => row.before },
  { title: "after", value: (row) => row.after },
  {
    title: "rules",
    value: (row) => row.rules.map(({ rule, before, after }) => `${rule} ${before ?? "–"} → ${after ?? "–"}`).join(", "),
    elastic: true,
  },
];

export function renderReplay(replay: PolicyReplay, output: Output): string {
  const told = `${counted(replay.decisions, "decision")} made again, ${replay.same} as before.`;
  return replay.differences.length === 0 ? told : `${table(replay.differences, DIFFERENCES, output)}\n${told}`;
}
