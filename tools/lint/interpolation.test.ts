import { RuleTester } from "oxlint/plugins-dev";
import { describe, test } from "vitest";
import { interpolation } from "./interpolation.ts";

RuleTester.describe = (rule, run) => describe(`[HSE-2] ${rule}`, run);
RuleTester.it = test;

const tester = new RuleTester({ cwd: "/house", languageOptions: { parserOptions: { lang: "ts" } } });
const at = (filename: string, code: string): { filename: string; code: string } => ({
  filename: `/house/${filename}`,
  code,
});

tester.run("interpolation", interpolation, {
  valid: [
    at("src/store/events/append-events.ts", "sql`select ${value} from ${sql.ref(column)}`;"),
    at("src/adapters/postgres/postgres-migration.ts", "sql.raw(ddl);"),
    at("src/loop/loop.ts", "String.raw`a`; spawn('git', ['status'], { shell: false });"),
  ],
  invalid: [
    {
      ...at("src/store/events/append-events.ts", "sql.raw(`select ${value}`);"),
      errors: [{ message: /^sql\.raw pastes text/ }],
    },
    { ...at("src/views/report.ts", "sql`${sql.lit(value)}`;"), errors: [{ message: /^sql\.lit pastes text/ }] },
    {
      ...at("src/adapters/process/start.ts", "spawn(line, { shell: true });"),
      errors: [{ message: /^shell: true pastes/ }],
    },
    {
      ...at("src/adapters/process/start.ts", "spawn(line, { shell: '/bin/sh' });"),
      errors: [{ message: /^shell: true pastes/ }],
    },
  ],
});
