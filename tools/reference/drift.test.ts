import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OPTION_NAMES, OPTIONS } from "../../src/config/options.ts";
import { FAILURE_EXITS } from "../../src/model/failure.ts";
import { driftedPages } from "./drift.ts";
import { referencePages } from "./pages.ts";

const root = join(import.meta.dirname, "../..");

test("[HSE-4] the pages of docs/reference are what the tables in the code say", () => {
  expect(driftedPages(referencePages(), (path) => readFileSync(join(root, path), "utf8"))).toEqual([]);
});

test("[HSE-4] a page that is missing or differs is named", () => {
  const pages = [
    { path: "a.md", text: "same" },
    { path: "b.md", text: "new" },
    { path: "c.md", text: "missing" },
  ];
  const onDisk = new Map([["a.md", "same"], ["b.md", "old"]]); // prettier-ignore
  expect(driftedPages(pages, (path) => onDisk.get(path) ?? null)).toEqual(["b.md", "c.md"]);
});

test("[HSE-4] the settings page has every setting with its variables and its flag", () => {
  const page = referencePages().find(({ path }) => path === "docs/reference/config.md")?.text ?? "";
  for (const name of OPTION_NAMES) {
    const option = OPTIONS[name];
    const flags = option.kind === "option" && option.flag !== null ? [`--${option.flag}`] : [];
    const section = page.split("\n### ").find((part) => part.startsWith(`\`${name}\``)) ?? "";
    expect
      .soft(
        [...option.env, ...flags].filter((way) => !section.includes(`\`${way}\``)),
        name,
      )
      .toEqual([]);
    expect.soft(section).toContain(option.description);
  }
});

test("the page of exit codes has every failure code once", () => {
  const page = referencePages().find(({ path }) => path === "docs/reference/exit-codes.md")?.text ?? "";
  const counts = Object.keys(FAILURE_EXITS).map((code) => page.split(`\`${code}\``).length - 1);
  expect(counts).toEqual(counts.map(() => 1));
});
