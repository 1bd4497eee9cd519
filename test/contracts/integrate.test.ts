import { expect, test } from "vitest";
import { integrateStage } from "../../src/loop/integrate/integrate.ts";
import type { IntegrateWorld } from "../../src/loop/integrate/integrate-world.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import type { Approval } from "../../src/model/approval.ts";
import { controlScopeOf } from "../../src/model/control.ts";
import type { Failure } from "../../src/model/failure.ts";
import type { Handled } from "../../src/model/handled.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf } from "../../src/model/time.ts";
import type { ChangedFile, CheckResult } from "../../src/model/verdict.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { DEFAULT_POLICY } from "../../src/policy/rules/built-in-rules.ts";
import { compilePolicy } from "../../src/policy/rules/compile-policy.ts";
import { askApproval } from "../../src/store/approvals/ask-approval.ts";
import { denyApproval, grantApproval } from "../../src/store/approvals/decide-approval.ts";
import { expireApprovals } from "../../src/store/approvals/expire-approvals.ts";
import { listApprovals } from "../../src/store/approvals/list-approvals.ts";
import { listChanges } from "../../src/store/changes/list-changes.ts";
import { putChange } from "../../src/store/changes/put-change.ts";
import { setControl } from "../../src/store/controls/set-control.ts";
import { listEffects } from "../../src/store/effects/list-effects.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { getIdea } from "../../src/store/ideas/get-idea.ts";
import { putObservations } from "../../src/store/observations/put-observations.ts";
import { listPolicyDecisions } from "../../src/store/policy-decisions/list-policy-decisions.ts";
import type { Store } from "../../src/store/store.ts";
import { changeTask } from "../../src/store/tasks/change-task.ts";
import { getTask } from "../../src/store/tasks/get-task.ts";
import { noCodeHost } from "../../src/world/no-code-host.ts";
import { policyOf, ruleOf } from "../fakes/policy-facts.ts";
import { PASSED, putSucceeded } from "../fakes/succeeded-attempt.ts";
import { putAttempt, putTask } from "./agent-run-rows.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const BASE = "b".repeat(40);
const HEAD = "c".repeat(40);
const BRANCH = "codex-loop/mend-it-x";
const BUNDLE = "d".repeat(64);
const DAY = 86_400_000;
const TROUBLE: Failure = { code: "try_later", message: "m", cause: "c", hint: "h", retry: "later" };

/** A person's repository as far as this stage sees it. */
function repositoryWith(files: readonly ChangedFile[]) {
  const branches = new Map<string, string>();
  const calls: string[] = [];
  return {
    branches,
    calls,
    changedIn: async () => ok(files),
    branchHead: async (_path: string, branch: string) => ok(branches.get(branch) ?? null),
    fetchBundle: async (_path: string, { branch, head, bundle }: { branch: string; head: string; bundle: string }) => {
      calls.push(`fetch ${branch} ${bundle}`);
      branches.set(branch, head);
      return ok(undefined);
    },
  };
}

interface Setting {
  readonly files?: readonly string[];
  readonly policy?: Policy;
  readonly acceptance?: readonly string[];
  readonly checks?: readonly CheckResult[];
  readonly mode?: "fast" | "release";
  readonly bundle?: boolean;
}

/** One attempt that has just succeeded, and the world around it. */
async function settingOf(
  store: Store,
  { files = ["src/a.ts"], acceptance = ["unit"], mode = "fast", ...wish }: Setting = {},
) {
  const repository = repositoryWith(files.map((path) => ({ path, added: 3, removed: 1 })));
  const clock = fixedClock(SUITE_START);
  await putSucceeded(store, {
    repository: "/repo",
    branch: BRANCH,
    base: BASE,
    head: HEAD,
    files: files.length,
    lines: 4 * files.length,
    acceptance,
    checks: wish.checks ?? null,
    bundle: wish.bundle === false ? null : BUNDLE,
    labels: [],
  });
  const proposed: string[] = [];
  const world: IntegrateWorld = {
    store,
    clock,
    settings: { run_mode: mode },
    repository,
    files: { pathOf: (sha256) => `/files/${sha256}` },
    policyAt: async () => ok(compilePolicy(wish.policy ?? DEFAULT_POLICY)),
    codeHost: {
      isProposed: async (change) => ok(proposed.includes(change.branch)),
      propose: async (change) => {
        proposed.push(change.branch);
        return ok(undefined);
      },
    },
    redact: redactor({ salt: "s" }),
  };
  return { repository, proposed, world, clock };
}

/** Wakes the stage with the end of the attempt. */
function wake(world: IntegrateWorld, type: "attempt.ended" | "approval.decided" = "attempt.ended"): Promise<Handled> {
  const payload = type === "attempt.ended" ? { outcome: "succeeded" } : { action: "change", attempt: "a-x" };
  const event = {
    id: idOf.event("e"),
    key: "a-x",
    type,
    actor: "x",
    cause: null,
    trace: null,
    simulated: false,
    payload,
  };
  return integrateStage.handle({ ...event, at: instantOf(SUITE_START) }, world);
}

const approvals = (store: Store): Promise<readonly Approval[]> => store.read((reader) => listApprovals(reader));

async function states(store: Store) {
  const task = await store.read((reader) => getTask(reader, idOf.task("t-x")));
  const idea = await store.read((reader) => getIdea(reader, idOf.idea("i-x")));
  return { task: task?.state, reason: task?.reason, detail: task?.detail ?? null, idea: idea?.state };
}

async function decide(store: Store, answer: "grant" | "deny"): Promise<void> {
  const [asked] = await approvals(store);
  if (asked === undefined) throw new Error("nothing was asked");
  const said = { by: "person" as const, reason: "because" as Redacted };
  await store.write(STAMP, (tx) =>
    answer === "grant" ? grantApproval(tx, asked.id, said) : denyApproval(tx, asked.id, said),
  );
}

storeSuite("integrate", (open) => {
  test("[MOD-1] what passes becomes a branch of the person's repository, and nothing is written to a code host", async () => {
    await using store = await open();
    const { world, repository, proposed } = await settingOf(store);
    expect(await wake(world)).toEqual({ kind: "done" });
    expect(await states(store)).toMatchObject({ task: "done", idea: "completed" });
    expect(repository.branches).toEqual(new Map([[BRANCH, HEAD]]));
    expect(repository.calls).toEqual([`fetch ${BRANCH} /files/${BUNDLE}`]);
    expect(proposed).toEqual([]);
    const effects = await store.read((reader) => listEffects(reader, { limit: 10 }));
    expect(effects).toMatchObject([
      { status: "verified", want: { kind: "branch", repository: "/repo", branch: BRANCH, head: HEAD } },
    ]);
    const decisions = await store.read((reader) => listPolicyDecisions(reader, { limit: 10 }));
    expect(decisions).toMatchObject([{ gate: "pre_push", decision: "pass", head: HEAD }]);
    const [change] = await store.read((reader) => listChanges(reader, idOf.idea("i-x")));
    expect(change?.state).toBe("local");
  });

  test("[MOD-1] waking again, or twice at once, writes nothing again", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store);
    await wake(world);
    await wake(world);
    await wake(world, "approval.decided");
    expect(repository.calls).toHaveLength(1);
    expect(await store.read((reader) => listEffects(reader, { limit: 10 }))).toHaveLength(1);
    const told = (await store.read((reader) => readEvents(reader, { limit: 100 }))).map(({ type }) => type);
    expect(told.filter((type) => type === "policy.decided" || type === "effect.verified")).toHaveLength(2);
  });

  test("[MOD-2] in release mode the change is proposed through the code host", async () => {
    await using store = await open();
    const { world, proposed } = await settingOf(store, { mode: "release" });
    await wake(world);
    expect(proposed).toEqual([BRANCH]);
    const effects = await store.read((reader) => listEffects(reader, { limit: 10 }));
    expect(effects.map(({ want, status }) => `${want.kind} ${status}`).toSorted()).toEqual([
      "branch verified",
      "proposal verified",
    ]);
    expect(await states(store)).toMatchObject({ task: "done", idea: "completed" });
    const [change] = await store.read((reader) => listChanges(reader, idOf.idea("i-x")));
    expect(change?.state).toBe("proposed");
  });

  test("[MOD-2] a change that was proposed by a process that died is found and not proposed again", async () => {
    await using store = await open();
    const { world, proposed } = await settingOf(store, { mode: "release" });
    proposed.push(BRANCH);
    await wake(world);
    expect(proposed).toEqual([BRANCH]);
    expect(await states(store)).toMatchObject({ task: "done" });
  });

  test("[MOD-2] in release mode without a code host it says so and stops, and the branch is not lost", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store, { mode: "release" });
    await wake({ ...world, codeHost: noCodeHost });
    expect(repository.branches.get(BRANCH)).toBe(HEAD);
    const { task, reason, detail, idea } = await states(store);
    expect({ task, reason, idea }).toEqual({ task: "parked", reason: "NO_CODE_HOST", idea: "blocked" });
    expect(detail).toContain("no code host is connected");
    expect(detail).toContain(`push ${BRANCH} yourself`);
  });

  test("[RUN-13] without acceptance commands a person decides, bound to the commit, and then it goes on", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store, { acceptance: [] });
    await wake(world);
    expect(await states(store)).toMatchObject({
      task: "awaiting_approval",
      reason: "no-acceptance",
      idea: "awaiting_approval",
    });
    expect(repository.calls).toEqual([]);
    expect(await approvals(store)).toMatchObject([
      { action: "change", head: HEAD, rule: "no-acceptance", state: "asked" },
    ]);
    await wake(world);
    expect(await approvals(store)).toHaveLength(1);
    await decide(store, "grant");
    await wake(world, "approval.decided");
    expect(await states(store)).toMatchObject({ task: "done", idea: "completed" });
    expect(repository.branches.get(BRANCH)).toBe(HEAD);
  });

  test("[POL-1] a rule that wants a person waits for one, days if need be, and both decisions are kept", async () => {
    const suiteClock = fixedClock(SUITE_START);
    await using store = await open({ clock: suiteClock });
    const { world, clock } = await settingOf(store, { files: ["infra/main.tf"] });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "awaiting_approval", reason: "sensitive-paths" });
    suiteClock.advance(3 * DAY);
    clock.advance(3 * DAY);
    await decide(store, "grant");
    await wake(world, "approval.decided");
    expect(await states(store)).toMatchObject({ task: "done", idea: "completed" });
    const decisions = await store.read((reader) => listPolicyDecisions(reader, { limit: 10 }));
    expect(decisions.map(({ decision }) => decision)).toEqual(["pass", "need"]);
  });

  test("[POL-1] a person's no, or none in time, parks the task and the idea is blocked", async () => {
    const suiteClock = fixedClock(SUITE_START);
    await using store = await open({ clock: suiteClock });
    const { world } = await settingOf(store, { acceptance: [] });
    await wake(world);
    await decide(store, "deny");
    await wake(world, "approval.decided");
    expect(await states(store)).toMatchObject({ task: "parked", reason: "APPROVAL_DENIED", idea: "blocked" });
  });

  test("[POL-2] an answer that nobody gave is no yes", async () => {
    const suiteClock = fixedClock(SUITE_START);
    await using store = await open({ clock: suiteClock });
    const { world, repository } = await settingOf(store, { acceptance: [] });
    await wake(world);
    suiteClock.advance(8 * DAY);
    await store.write(STAMP, (tx) => expireApprovals(tx));
    await wake(world, "approval.decided");
    expect(await states(store)).toMatchObject({ task: "parked", reason: "APPROVAL_EXPIRED", idea: "blocked" });
    expect(repository.calls).toEqual([]);
  });

  test.each([
    ["infra/main.tf", ["unit"]],
    ["src/a.ts", []],
  ] as const)("[POL-2] only a person's yes is one: %s with %j", async (file, acceptance) => {
    await using store = await open();
    const { world, repository } = await settingOf(store, { files: [file], acceptance });
    await wake(world);
    const [asked] = await approvals(store);
    const id = asked?.id ?? idOf.approval("");
    await store.write(STAMP, (tx) => grantApproval(tx, id, { by: "policy" }));
    await wake(world, "approval.decided");
    expect(await states(store)).toMatchObject({ task: "parked", reason: "POLICY_DENIED" });
    expect(repository.calls).toEqual([]);
  });

  test("[POL-2] a yes to something else that the attempt asked is no yes to its change", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store, { acceptance: [] });
    const ids = { ideaId: idOf.idea("i-x"), taskId: idOf.task("t-x"), attemptId: idOf.attempt("a-x") };
    const words = { subject: "npm publish" as Redacted, reason: "why" as Redacted, rule: null, callId: null };
    const about = { action: "command" as const, contentHash: "c", head: HEAD, expiresAt: instantOf(SUITE_START + DAY) };
    const other = await store.write(STAMP, (tx) => askApproval(tx, { ...ids, ...words, ...about }));
    await store.write(STAMP, (tx) => grantApproval(tx, other.id, { by: "person" }));
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "awaiting_approval" });
    expect(repository.calls).toEqual([]);
  });

  test("[POL-2] one person's yes is not two, and says so", async () => {
    await using store = await open();
    const approvalsWanted = { count: 2, roles: [], notAuthor: true, onHead: true };
    const policy = policyOf(ruleOf({ kind: "require", checks: [], approvals: approvalsWanted }));
    const { world } = await settingOf(store, { policy });
    await wake(world);
    await decide(store, "grant");
    await wake(world, "approval.decided");
    const { task, reason, detail } = await states(store);
    expect({ task, reason }).toEqual({ task: "parked", reason: "POLICY_DENIED" });
    expect(detail).toContain("1 approval missing");
  });

  test("[POL-3] a change of the repository's own rules is denied, whatever its policy says", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store, {
      files: ["src/a.ts", ".codex-loop/policy.yaml"],
      policy: policyOf(),
    });
    await wake(world);
    const { task, reason, detail, idea } = await states(store);
    expect({ task, reason, idea }).toEqual({ task: "parked", reason: "POLICY_DENIED", idea: "blocked" });
    expect(detail).toContain("built-in/rules-of-the-house: .codex-loop/policy.yaml is protected from agents");
    expect(repository.calls).toEqual([]);
  });

  test("[POL-3] the policy is asked for at the base of the change, in the repository it is for", async () => {
    await using store = await open();
    const { world } = await settingOf(store);
    const asked: unknown[] = [];
    await wake({
      ...world,
      policyAt: async (folder, commit) => {
        asked.push([folder, commit]);
        return ok(compilePolicy(DEFAULT_POLICY));
      },
    });
    expect(asked).toEqual([["/repo", BASE]]);
  });

  test("[POL-2] a required check that nobody saw blocks; one that was seen on the commit does not", async () => {
    await using store = await open();
    const policy = policyOf(ruleOf({ kind: "require", checks: ["ci"], approvals: null }));
    const { world } = await settingOf(store, { policy });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "parked", reason: "POLICY_UNKNOWN" });
  });

  test("[POL-2] checks that others saw count, the later run of one name more than the earlier", async () => {
    await using store = await open();
    const policy = policyOf(ruleOf({ kind: "require", checks: ["ci", "unit"], approvals: null }));
    const { world, clock } = await settingOf(store, { policy });
    const [change] = await store.read((reader) => listChanges(reader, idOf.idea("i-x")));
    const about = { subject: `change/${change?.id ?? ""}`, head: HEAD };
    const at = instantOf(SUITE_START + 1);
    clock.advance(10);
    await store.write(STAMP, (tx) => putObservations(tx, about, [{ name: "check:ci", value: true, seenAt: at }]));
    await store.write(STAMP, (tx) => putObservations(tx, about, [{ name: "check:unit", value: false, seenAt: at }]));
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "parked", reason: "POLICY_DENIED" });
  });

  test("[RUN-8] an acceptance command that failed or did not run keeps the change from landing", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store, { checks: [{ ...PASSED, passed: false, exitCode: 1 }] });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "parked", reason: "ACCEPTANCE_COMMAND_FAILED" });
    expect(repository.calls).toEqual([]);
  });

  test("[POL-2] an acceptance command without a result is unknown", async () => {
    await using store = await open();
    const { world } = await settingOf(store, { acceptance: ["unit", "lint"], checks: [PASSED] });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "parked", reason: "POLICY_UNKNOWN" });
  });

  test("[POL-1] churn is counted over the latest changes of all tasks of the idea", async () => {
    await using store = await open();
    const policy = policyOf(ruleOf({ kind: "limit", limits: { ideaLines: 9 } }));
    const { world } = await settingOf(store, { policy, files: ["a", "b"] });
    const other = { idea_id: "i-x", task_id: "t-other" };
    await putTask(store, { id: "t-other", idea_id: "i-x", number: 2, state: "done" });
    await putAttempt(store, { id: "a-other", ...other, state: "ended", outcome: "succeeded" });
    const [mine] = await store.read((reader) => listChanges(reader, idOf.idea("i-x")));
    if (mine === undefined) throw new Error("no change");
    const theirs = { taskId: idOf.task("t-other"), attemptId: idOf.attempt("a-other"), lines: 2, files: 1 };
    await store.write(STAMP, (tx) => putChange(tx, { ...mine, ...theirs }));
    await wake(world);
    const { reason, detail } = await states(store);
    expect(reason).toBe("POLICY_DENIED");
    expect(detail).toContain("ideaLines is 10, and 9 at most are allowed");
  });

  test("[RUN-12] a stopped idea's change waits", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store);
    const control = { scope: controlScopeOf.all, word: "stopped" as const, reason: "x" as Redacted };
    await store.write(STAMP, (tx) => setControl(tx, control));
    expect(await wake(world)).toMatchObject({ kind: "again" });
    expect(repository.calls).toEqual([]);
  });

  test("[RUN-11] a task that was cancelled or taken anew meanwhile is left alone", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store);
    await store.write(STAMP, (tx) => changeTask(tx, idOf.task("t-x"), { to: "cancelled", reason: "operator" }));
    await wake(world);
    expect(repository.calls).toEqual([]);
    expect(await states(store)).toMatchObject({ task: "cancelled" });
  });

  test("[RUN-11] an attempt whose task has another fence by now lands nothing", async () => {
    await using store = await open();
    const { world, repository } = await settingOf(store);
    await store.write(STAMP, (tx) => tx.db.updateTable("tasks").set({ fence: 2 }).where("id", "=", "t-x").execute());
    await wake(world);
    expect(repository.calls).toEqual([]);
    expect(await states(store)).toMatchObject({ task: "verifying" });
  });

  test("[STO-7] trouble that passes is tried again, a branch of other commits parks the task with what to do", async () => {
    await using store = await open();
    const { world } = await settingOf(store);
    const busy = { ...world.repository, changedIn: async () => fail(TROUBLE) };
    expect(await wake({ ...world, repository: busy })).toEqual({ kind: "failure", failure: TROUBLE });
    expect(await states(store)).toMatchObject({ task: "verifying" });
    const taken = { ...TROUBLE, code: "conflict" as const, retry: "never" as const, hint: "Do this: rename it." };
    const conflicting = { ...world.repository, fetchBundle: async () => fail(taken) };
    await wake({ ...world, repository: conflicting });
    const { task, reason, detail } = await states(store);
    expect({ task, reason }).toEqual({ task: "parked", reason: "GIT_FAILED" });
    expect(detail).toContain("rename it");
  });

  test("[POL-6] a policy that is wrong at the base parks the task and names the place", async () => {
    await using store = await open();
    const { world } = await settingOf(store);
    const wrong: Failure = {
      ...TROUBLE,
      code: "config_invalid",
      message: ".codex-loop/policy.yaml:3:5: no.",
      retry: "never",
    };
    await wake({ ...world, policyAt: async () => fail(wrong) });
    const { reason, detail } = await states(store);
    expect(reason).toBe("INVALID_POLICY");
    expect(detail).toContain("policy.yaml:3:5");
  });

  test("[RUN-8] a change whose commits were not kept is not done", async () => {
    await using store = await open();
    const { world } = await settingOf(store, { bundle: false });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "parked", reason: "NO_OUTPUT" });
  });

  test("[RUN-13] an idea with work left is not completed by one task", async () => {
    await using store = await open();
    const { world } = await settingOf(store);
    await putTask(store, { id: "t-more", idea_id: "i-x", number: 2, state: "ready" });
    await wake(world);
    expect(await states(store)).toMatchObject({ task: "done", idea: "running_tasks" });
  });
});
