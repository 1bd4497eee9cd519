/** `npm run check`: everything that must hold before a change is proposed, in one command with a short table. */
import { join } from "node:path";
import { readSourceTree } from "./lint/source-tree.ts";
import { type Length, longest } from "./lint/longest.ts";
import { runSteps, type Step, stepsReport } from "./steps.ts";

const root = join(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const vitest = [bin("vitest"), "run", "--project", "unit"] as const;

/** The slow ones first, so that the short ones fill the gaps. */
export const CHECK_STEPS: readonly Step[] = [
  { name: "unit tests", command: [...vitest, "--exclude", "test/architecture.test.ts"] },
  { name: "knip", command: [bin("knip"), "--no-progress"] },
  { name: "lint", command: [bin("oxlint"), "--type-aware", "--report-unused-disable-directives"] },
  { name: "types", command: [bin("tsc"), "-p", "."] },
  { name: "types of web", command: [bin("tsc"), "-p", "web"] },
  { name: "format", command: [bin("oxfmt"), "--check"] },
  { name: "architecture", command: [...vitest, "test/architecture.test.ts"] },
  { name: "docs drift", command: [process.execPath, join(root, "tools/generate-reference.ts"), "--check"] },
];

function lengthsReport(title: string, lengths: readonly Length[]): string {
  return [title, ...lengths.map(({ lines, what }) => `${String(lines).padStart(6)}  ${what}`)].join("\n");
}

if (import.meta.main) {
  const sources = [...readSourceTree(root, ["src", "web/src"])].filter(([path]) => !path.includes(".test."));
  const { files, functions } = longest(new Map(sources), 10);
  console.log(lengthsReport("Longest files, as information", files));
  console.log(lengthsReport("Longest functions, as information", functions));
  const results = await runSteps(CHECK_STEPS, root);
  console.log(`\n${stepsReport(results)}`);
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
