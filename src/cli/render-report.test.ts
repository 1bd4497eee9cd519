import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { HOSTILE_REPORT } from "../../test/fakes/hostile-report.ts";
import { Output } from "./output.ts";
import { renderReport } from "./render-report.ts";
import { reportMarkdown } from "./report-markdown.ts";

const GOLDEN = "../../test/golden/cli";

function output(columns: number | null, color: boolean): Output {
  const stream = { write: () => true, ...(columns === null ? {} : { isTTY: true, columns }) };
  const globals = { json: false, store: null, quiet: false, debug: false, color } as const;
  return new Output({ stdout: stream, stderr: stream, globals, environment: {} });
}

test("[SIG-5] a terminal gets an aligned table that fits it", async () => {
  const text = renderReport(HOSTILE_REPORT, output(100, false));
  await expect(text).toMatchFileSnapshot(`${GOLDEN}/report-terminal.txt`);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
});

test("[SIG-5] a pipe gets tabs between columns, nothing cut and no escapes", async () => {
  const text = renderReport(HOSTILE_REPORT, output(null, false));
  await expect(text).toMatchFileSnapshot(`${GOLDEN}/report-pipe.txt`);
  expect(text).not.toContain("\u001B");
});

test("[SIG-5] the Markdown file holds the same facts", async () => {
  await expect(reportMarkdown(HOSTILE_REPORT)).toMatchFileSnapshot(`${GOLDEN}/report.md`);
});

test("[SIG-5] words of a recording cannot leave their cell, their line or the terminal's colours", () => {
  const terminal = renderReport(HOSTILE_REPORT, output(100, true));
  const words = stripVTControlCharacters(terminal).replaceAll("\n", "");
  expect(words).not.toMatch(/[\p{Cc}\u202E]/u);
  expect(terminal).not.toContain("\u001B[2J");

  const markdown = reportMarkdown(HOSTILE_REPORT);
  const rows = markdown.split("\n").filter((line) => line.includes("onerror"));
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual([9, 6]);
  expect(markdown).not.toMatch(/(?<!\\)[<`[\u202E]|@team|https:\/\//);
  expect(markdown).not.toContain("\u001B");
});
