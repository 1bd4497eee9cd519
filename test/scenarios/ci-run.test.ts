/** `.ci/run` in a stand-in checkout whose lanes and `npm` only say what they are told to. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const LANES = ["postgres", "codex", "browser", "package", "check"];

let checkout = "";
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "ci-run-"));
  for (const folder of [".ci", "tools/lanes", "bin"]) mkdirSync(join(checkout, folder), { recursive: true });
  for (const path of [".ci/run", "README.md"]) cpSync(join(root, path), join(checkout, path));
  write("bin/npm", `#!/bin/sh\necho "$*" >> npm.log\n[ "$1" = ci ] || echo "5 passed, 0 failed, 0 skipped"\n`);
  chmodSync(join(checkout, "bin/npm"), 0o755);
  for (const lane of LANES) write(`tools/lanes/${lane}-lane.sh`, `echo "2 passed, 0 failed, 0 skipped"`);
});
afterEach(() => rmSync(checkout, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(checkout, path), text);
}

function run(
  ci: "true" | "",
  ...lanes: readonly string[]
): { code: number | null; last: string | undefined; out: string } {
  const env = { PATH: `${join(checkout, "bin")}:/usr/bin:/bin`, CI: ci, HOME: checkout };
  const child = spawnSync(join(checkout, ".ci/run"), lanes, { encoding: "utf8", env });
  return { code: child.status, last: child.stdout.trimEnd().split("\n").at(-1), out: child.stdout };
}

test("[HSE-7] runs the README's own test line, then every lane, and ends with the sum", () => {
  expect(run("true")).toMatchObject({ code: 0, last: "15 passed, 0 failed, 0 skipped" });
  expect(readFileSync(join(checkout, "npm.log"), "utf8")).toBe("ci\ntest\n");
});

test("[HSE-7] a README without the line fails the lane: what is told and what is tested cannot differ", () => {
  write("README.md", "# Codex Loop\n");
  expect(run("true", "unit")).toMatchObject({ code: 1, last: "0 passed, 1 failed, 0 skipped" });
});

test.each([
  ["counted failures", `echo "2 passed, 3 failed, 0 skipped"; exit 1`, "2 passed, 3 failed, 0 skipped"],
  [
    "a bad end with no counted failure",
    `echo "2 passed, 0 failed, 0 skipped"; exit 1`,
    "2 passed, 1 failed, 0 skipped",
  ],
  ["a crash before any count", "exit 70", "0 passed, 1 failed, 0 skipped"],
  ["a good end that counted nothing", "echo fine", "0 passed, 1 failed, 0 skipped"],
])("[HSE-7] %s fails the run", (_what, script, last) => {
  write("tools/lanes/check-lane.sh", script);
  expect(run("", "check")).toMatchObject({ code: 1, last });
});

test("[HSE-7] a skip is counted on a person's machine and fails in CI", () => {
  write("tools/lanes/browser-lane.sh", `echo "0 passed, 0 failed, 1 skipped"`);
  expect(run("", "browser")).toMatchObject({ code: 0, last: "0 passed, 0 failed, 1 skipped" });
  expect(run("true", "browser")).toMatchObject({ code: 1, last: "0 passed, 0 failed, 1 skipped" });
});

test.each([
  ["", { code: 0, last: "0 passed, 0 failed, 1 skipped" }],
  ["true", { code: 1, last: "0 passed, 1 failed, 0 skipped" }],
] as const)("[HSE-7] a lane that cannot start says why (CI=%j)", (ci, ending) => {
  for (const part of ["lane.sh", "postgres-lane.sh"])
    cpSync(join(root, "tools/lanes", part), join(checkout, "tools/lanes", part));
  write("tools/lanes/postgres.sh", "echo no python here >&2; exit 1");
  const result = run(ci, "postgres");
  expect(result).toMatchObject(ending);
  expect(result.out).toMatch(/no python here\n.*CANNOT START: /);
});
