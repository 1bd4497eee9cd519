import { join } from "node:path";
import { expect, test } from "vitest";
import { citationProblems, citedIds } from "../tools/lint/citations.ts";
import { readSourceTree } from "../tools/lint/source-tree.ts";
import { REQUIREMENTS } from "./requirements.ts";

const root = join(import.meta.dirname, "..");
const testFile = (path: string): boolean => path.startsWith("test/") || /\.test\.tsx?$/.test(path);

test("[HSE-3] every requirement has a test, and every cited id is a requirement", () => {
  const tree = readSourceTree(root, ["src", "test", "tools", "web"]);
  const tests = new Map([...tree].filter(([path]) => testFile(path)));
  expect(citationProblems(tests, REQUIREMENTS)).toEqual([]);
});

test("[HSE-3] an id without a test and an id nobody listed are both named", () => {
  const tests = new Map([["test/a.test.ts", `test("[ABC-1] proven", () => {}); test("[ABC-9] invented", () => {});`]]);
  expect(citationProblems(tests, { "ABC-1": "…", "ABC-2": "…" })).toEqual([
    "ABC-2 has no test: cite it in a test title as [ABC-2]",
    "test/a.test.ts cites ABC-9, which test/requirements.ts does not list",
  ]);
});

test.each([
  ["a title", `test("[ABC-1] x", () => {});`, ["ABC-1"]],
  ["a template", "it(`[ABC-1] ${name}`, () => {});", ["ABC-1"]],
  ["a group", `describe("[ABC-1, ABC-2] x", () => {});`, ["ABC-1", "ABC-2"]],
  ["a table of cases", `test.each([1])("[ABC-1] %s", () => {});`, ["ABC-1"]],
  ["a conditional test", `test.runIf(yes)("[ABC-1] x", () => {});`, ["ABC-1"]],
  ["a table that says skip", `test.each(["skip"])("[ABC-1] %s", () => {});`, ["ABC-1"]],
  ["a comment", `// [ABC-1]\ntest("x", () => {});`, []],
  ["another call", `log("[ABC-1] x");`, []],
  ["a skipped test", `test.skip("[ABC-1] x", () => {});`, []],
  ["a skipped group", `describe.skip("[ABC-1] x", () => {});`, []],
  ["a test to be written", `test.todo("[ABC-1] x");`, []],
])("[HSE-3] citations in %s", (_what, text, ids) => {
  expect(citedIds("x.test.ts", text)).toEqual(ids);
});
