import type { ReferencePage } from "../../src/config/config-reference.ts";
import { ATTEMPT_FAILURES, type RetryClass } from "../../src/model/attempt-failure.ts";
import { REMEDIES } from "../../src/model/failure-remedy.ts";
import { GUARDS } from "../../src/model/guard.ts";

const BY_ITSELF: Readonly<Record<RetryClass, string>> = {
  terminal: "nothing",
  wait: "tried again later",
  again: "tried again at once",
  mended: "nothing, and it costs the task no attempt",
};

/** Every way a run can end badly, and every guard. */
export function failurePages(): readonly ReferencePage[] {
  return [
    { path: "docs/reference/failures.md", text: failures() },
    { path: "docs/reference/guards.md", text: guards() },
  ];
}

function failures(): string {
  const rows = Object.entries(ATTEMPT_FAILURES).map(([code, { category, retry }]) => {
    const remedy = Object.entries(REMEDIES).find(([known]) => known === code)?.[1];
    return `| \`${code}\` | ${category} | ${BY_ITSELF[retry]} | ${remedy?.means ?? ""} | \`${remedy?.next ?? ""}\` |`;
  });
  return [
    "# How a run can fail",
    "",
    "`codex-loop triage` groups what went wrong by these codes. [The runbook](../operate/runbook.md) goes by category.",
    "",
    "| code | category | without anybody's help | what it means | next command |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function guards(): string {
  return [
    "# Guards",
    "",
    "`codex-loop drill` fires each of them in a scratch store, and says when it last held something back in earnest.",
    "",
    "| guard | what it holds |",
    "|---|---|",
    ...Object.entries(GUARDS).map(([name, holds]) => `| \`${name}\` | ${holds} |`),
    "",
  ].join("\n");
}
