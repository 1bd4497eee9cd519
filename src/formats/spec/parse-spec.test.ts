import { expect, test } from "vitest";
import { parseSpec } from "./parse-spec.ts";

const GOOD = `# Mend the date parser

## Goal

Dates with a zone are read.

### Not a section of its own
Still the goal.

## Constraints
- No new dependency

## Success metrics
- \`npm test\` passes

## Repository
acme/shop

## Risk
low

## Labels
- Infra
- deps, security
`;

function problemsOf(text: string): readonly string[] {
  const read = parseSpec({ file: "SPEC.md", text });
  return read.ok ? [] : read.failure.map(({ at, message }) => `${at} ${message}`);
}

test("a specification is read section by section", () => {
  expect(parseSpec({ file: "SPEC.md", text: GOOD })).toEqual({
    ok: true,
    value: {
      title: "Mend the date parser",
      goal: "Dates with a zone are read.\n\n### Not a section of its own\nStill the goal.",
      constraints: "- No new dependency",
      successMetrics: "- `npm test` passes",
      repository: "acme/shop",
      risk: "low",
      labels: ["infra", "deps", "security"],
    },
  });
});

test("headings in code fences are text, and line ends of any system are read", () => {
  const text =
    "# T\r\n\r\n## Goal\r\n```md\r\n# not a title\r\n## Goal\r\n```\r\n## Constraints\r\nnone\r\n## Success metrics\r\nx\r\n";
  expect(parseSpec({ file: "SPEC.md", text })).toMatchObject({
    ok: true,
    value: { title: "T", goal: "```md\n# not a title\n## Goal\n```", repository: null, risk: null, labels: [] },
  });
});

test("[MOD-3] every problem of a specification is listed at once", () => {
  const text = "## Goals\nx\n\n## Constraints\n\n## Risk\nlow\n## Risk\nhigh\n";
  expect(problemsOf(text)).toEqual([
    "SPEC.md:1:1 there is no title.",
    "SPEC.md:1:1 there is no section Goal.",
    "SPEC.md:1:1 there is no section Success metrics.",
    'SPEC.md:1:1 "Goals" is not a known section; did you mean Goal?',
    "SPEC.md:4:1 the section Constraints is empty.",
    "SPEC.md:8:1 the section Risk is there twice.",
  ]);
});

test("[MOD-3] a huge, empty or binary specification is refused", () => {
  expect(problemsOf(`# T\n## Goal\n${"x".repeat(10_000_000)}`)).toEqual([
    "SPEC.md:1:1 the file has 10000012 bytes, and at most 262144 (256 KiB) are taken.",
  ]);
  expect(problemsOf("")).toEqual(["SPEC.md:1:1 the specification is empty."]);
  expect(problemsOf("# T\u0000\n")).toEqual(["SPEC.md:1:4 this is not UTF-8 text."]);
  expect(problemsOf("# T\n\ufffd")).toEqual(["SPEC.md:2:1 this is not UTF-8 text."]);
});

test("a second title and a label with odd letters are problems", () => {
  const text = GOOD.replace("- Infra", "- in fra!") + "\n# Another\n";
  expect(problemsOf(text)).toEqual([
    "SPEC.md:26:1 there is a second title.",
    "SPEC.md:23:1 the label `in fra!` is no word of letters, digits and . _ : / -.",
  ]);
});

test("a section of one's own and an empty optional section are taken; a slip in an optional one is not", () => {
  const text = GOOD.replace("## Repository\nacme/shop", "## Repository\n\n## Background\nIt grew.");
  expect(parseSpec({ file: "SPEC.md", text })).toMatchObject({ ok: true, value: { repository: null } });
  expect(problemsOf(GOOD.replace("## Labels", "## Label"))).toEqual([
    'SPEC.md:22:1 "Label" is not a known section; did you mean Labels?',
  ]);
});
