import { styleText } from "node:util";
import type { SerializedError, TestModule } from "vitest/node";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const WITHOUT_POSTGRES = "Postgres was not asked: TEST_DATABASE_URL is not set (tools/lanes/postgres.sh up prints it).";

/** Ends every run with one plain line, `N passed, N failed, N skipped`, and says loudly what could not be registered. */
export default class PlainSummary {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts: Counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) count(module, counts);
    const wantsStores = modules.some(({ project }) => project.name !== "browser");
    if (wantsStores && !process.env["TEST_DATABASE_URL"]) console.log(styleText("yellow", WITHOUT_POSTGRES));
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

/** A file that fails to load, or whose hooks fail, counts as one failure: none of its tests would tell. */
function count(module: TestModule, counts: Counts): void {
  const broken = [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
  counts.failed += broken.length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    counts[state === "pending" ? "skipped" : state] += 1;
  }
}
