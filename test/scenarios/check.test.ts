import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { CHECK_STEPS } from "../../tools/check.ts";
import { longest } from "../../tools/lint/longest.ts";
import { runSteps, type Step, stepsReport } from "../../tools/steps.ts";

const node = (name: string, script: string): Step => ({ name, command: [process.execPath, "-e", script] });

test("[HSE-5] npm run check asks format, lint, types, tests, architecture, dead code and documents", () => {
  expect(CHECK_STEPS.map(({ name }) => name).toSorted()).toEqual([
    "architecture",
    "docs drift",
    "format",
    "knip",
    "lint",
    "types",
    "types of web",
    "unit tests",
  ]);
});

test("[HSE-5] one failing step fails the check, shows what it printed, and hides nothing of the rest", async () => {
  const steps = [node("sound", "console.log('quiet')"), node("broken", "console.error('because'); process.exit(2)")];
  const results = await runSteps(
    [...steps, { name: "absent", command: [join(import.meta.dirname, "no-such-program")] }],
    ".",
  );
  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ["sound", true],
    ["broken", false],
    ["absent", false],
  ]);
  const lines = stripVTControlCharacters(stepsReport(results)).split("\n");
  expect(lines.filter((line) => /because|quiet|ENOENT/.test(line))).toEqual([
    "because",
    expect.stringContaining("ENOENT"),
  ]);
  expect(lines.slice(-3).map((line) => line.replace(/ +[\d.]+ s +/, " "))).toEqual([
    "sound ok",
    "broken FAILED",
    "absent FAILED",
  ]);
});

test("[HSE-5] a step that a signal ended has failed", async () => {
  const [result] = await runSteps([node("killed", "process.kill(process.pid, 'SIGKILL')")], ".");
  expect(result?.ok).toBe(false);
});

test("[HSE-2] the longest files and functions are listed, longest first", () => {
  const tree = new Map([
    ["a.ts", "export function one() {\n  return 1;\n}\n"],
    ["b.ts", "export const two = 2;\n"],
  ]);
  expect(longest(tree, 10)).toEqual({
    files: [
      { what: "a.ts", lines: 3 },
      { what: "b.ts", lines: 1 },
    ],
    functions: [{ what: "a.ts:1 export function one() {", lines: 3 }],
  });
});
