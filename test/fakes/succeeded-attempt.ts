/** The rows of an attempt `a-x` (task `t-x`, idea `i-x`) that has just succeeded, as the host's desk leaves them. */
import type { Change } from "../../src/model/change.ts";
import { idOf } from "../../src/model/ids.ts";
import type { CheckResult } from "../../src/model/verdict.ts";
import { putArtifact } from "../../src/store/artifacts/put-artifact.ts";
import { putChange } from "../../src/store/changes/put-change.ts";
import { putChecks } from "../../src/store/checks/put-checks.ts";
import type { Store } from "../../src/store/store.ts";
import { putWork } from "../contracts/agent-run-rows.ts";

export interface Succeeded extends Pick<Change, "repository" | "branch" | "base" | "head"> {
  readonly files: number;
  readonly lines: number;
  /** Names of the acceptance commands of its order. */
  readonly acceptance: readonly string[];
  /** `null`: each of them passed. */
  readonly checks: readonly CheckResult[] | null;
  /** Hash of the kept bundle; `null`: none is kept. */
  readonly bundle: string | null;
  readonly labels: readonly string[];
}

export const PASSED: CheckResult = {
  name: "unit",
  command: "npm test",
  passed: true,
  exitCode: 0,
  timedOut: false,
  seconds: 1,
};

export async function putSucceeded(store: Store, wish: Succeeded): Promise<void> {
  const { acceptance, base, head, branch } = wish;
  const attemptId = idOf.attempt("a-x");
  const order = { acceptance: acceptance.map((name) => ({ name, run: "npm test", timeout: 600 })), branch };
  await putWork(store, "x", {
    idea: { labels: JSON.stringify(wish.labels), repository: wish.repository },
    task: { state: "verifying", fence: 1 },
    attempt: { state: "ended", outcome: "succeeded", base, head, fence: 1, order: JSON.stringify(order) },
  });
  const { repository, files, lines } = wish;
  const ids = { ideaId: idOf.idea("i-x"), taskId: idOf.task("t-x"), attemptId };
  const made = { repository, branch, targetBranch: "main", base, head, files, lines };
  await store.write({ actor: "test" }, async (tx) => {
    await putChange(tx, { ...ids, ...made, diffSha256: "e".repeat(64), simulated: false });
    const checks = wish.checks ?? acceptance.map((name) => ({ ...PASSED, name }));
    await putChecks(tx, { attemptId, checks, outputSha256: null });
    const kept = { attemptId, name: "branch.bundle", bytes: 10, redaction: 1 } as const;
    if (wish.bundle !== null) await putArtifact(tx, { ...kept, sha256: wish.bundle });
  });
}
