import { RuleTester } from "oxlint/plugins-dev";
import { describe, test } from "vitest";
import { outside } from "./outside.ts";

RuleTester.describe = (rule, run) => describe(`[HSE-2] ${rule}`, run);
RuleTester.it = test;

const tester = new RuleTester({ cwd: "/house", languageOptions: { parserOptions: { lang: "ts" } } });
const at = (filename: string, code: string): { filename: string; code: string } => ({
  filename: `/house/${filename}`,
  code,
});
const bad = (code: string, message: RegExp): RuleTester.InvalidTestCase => ({
  ...at("src/loop/loop.ts", code),
  errors: [{ message }],
});

tester.run("outside", outside, {
  valid: [
    at("src/config/environment.ts", "export const all = process.env;"),
    at("src/kit/clock.ts", "export const now = () => Date.now() + performance.now() + new Date().getTime();"),
    at("src/kit/random.ts", "export const chance = Math.random();"),
    at(
      "src/adapters/process/start.ts",
      `import { spawn } from "node:child_process"; spawn("git", []); await fetch("x");`,
    ),
    at("src/cli/output.ts", "console.log(1); process.stdout.write(String(1));"),
    at("test/fakes/model-api.ts", "console.log(process.env, Date.now(), fetch);"),
    at("src/kit/hash.test.ts", "console.log(process.env, Date.now(), fetch);"),
    at("src/loop/loop.ts", "export const at = new Date(0); export const then = Date.parse('2026-11-20');"),
    at("src/loop/loop.ts", "export const run = (fetch, console) => fetch(console.log);"),
    at("src/loop/loop.ts", "export type Ask = (call: typeof fetch) => Promise<void>;"),
    at("src/loop/loop.ts", `import type { ChildProcess } from "node:child_process"; export const pid = process.pid;`),
  ],
  invalid: [
    bad("export const home = process.env.HOME;", /^process\.env belongs to /),
    bad(`export const home = process["env"];`, /^process\.env belongs to /),
    bad("export const { env } = process;", /^process\.env belongs to /),
    bad("export const all = globalThis.process.env;", /^process\.env belongs to /),
    bad(`import { env } from "node:process"; export const home = env.HOME;`, /^node:process belongs to /),
    bad("export const now = Date.now();", /^Date\.now belongs to .*Clock/),
    bad("export const now = new Date();", /^Date without arguments belongs to /),
    bad("export const now = Date();", /^Date without arguments belongs to /),
    bad("export const now = performance.now();", /^performance\.now belongs to /),
    bad("export const chance = Math.random();", /^Math\.random belongs to .*Random/),
    bad("export const pick = [1].map(Math.random);", /^Math\.random belongs to /),
    bad("export const page = fetch('https://example.org');", /^fetch belongs to /),
    bad("export const page = globalThis.fetch;", /^fetch belongs to /),
    bad(`import { spawn } from "node:child_process"; spawn("git");`, /^node:child_process belongs to /),
    bad(`export const late = import("node:child_process");`, /^node:child_process belongs to /),
    bad(`export { spawn } from "child_process";`, /^child_process belongs to /),
    bad("console.log(1);", /^console belongs to /),
    bad("process.stdout.write('x');", /^process\.stdout belongs to /),
  ],
});
