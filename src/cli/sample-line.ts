import type { Output } from "./output.ts";

/** The line under a list that shows recordings we ship; nothing under a person's own. */
export function sampleLine(rows: readonly { readonly sample: boolean }[], output: Output): string {
  if (!rows.some((row) => row.sample)) return "";
  return `\n${output.style("yellow", "sample data")}: the recordings shipped with Codex Loop`;
}
