import { copyFileSync, existsSync, globSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { listWhatIsLeft, sessionArtifacts } from "../../src/loop/run/host-artifacts.ts";
import { openDesk } from "../../src/loop/run/desk.ts";
import type { DeskWorld } from "../../src/loop/run/run-world.ts";
import type { Ask } from "../../src/model/ask.ts";
import type { EventType } from "../../src/model/event.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import { instantOf } from "../../src/model/time.ts";
import { LARGEST_ARTIFACT, type Verdict } from "../../src/model/verdict.ts";
import { denyApproval, grantApproval } from "../../src/store/approvals/decide-approval.ts";
import { listApprovals } from "../../src/store/approvals/list-approvals.ts";
import { listArtifacts } from "../../src/store/artifacts/list-artifacts.ts";
import { getAttempt } from "../../src/store/attempts/get-attempt.ts";
import { stopAttempt } from "../../src/store/attempts/stop-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { listChanges } from "../../src/store/changes/list-changes.ts";
import { listChecks } from "../../src/store/checks/list-checks.ts";
import { listGuards } from "../../src/store/guards/list-guards.ts";
import { reserveRequest } from "../../src/store/ledger/reserve-request.ts";
import { sumAttemptSpending } from "../../src/store/ledger/sum-attempt-spending.ts";
import { listRequests } from "../../src/store/ledger/list-requests.ts";
import { listSignals } from "../../src/store/signals/list-signals.ts";
import { getSession } from "../../src/store/sessions/get-session.ts";
import type { Store } from "../../src/store/store.ts";
import { STAMP, taskNow, text } from "../fakes/delivery.ts";
import { deskBench, HOLDER, OWN_SECRET, type DeskBench } from "../fakes/runner/desk-bench.ts";
import { SUITE_START, storeSuite } from "./store-harness.ts";

const CHANGE = { branch: "codex-loop/a", base: "b".repeat(40), head: "c".repeat(40) };
const FILES = [{ path: "src/a.ts", added: 3, removed: 1 }];

function aVerdict(parts: Partial<Verdict> = {}): Verdict {
  return {
    outcome: "succeeded",
    failure: null,
    change: { ...CHANGE, files: FILES },
    checks: [{ name: "unit", command: ["npm", "test"], passed: true, exitCode: 0, timedOut: false, seconds: 1.5 }],
    sessionId: null,
    turns: 2,
    toolCalls: 5,
    survivors: 0,
    absent: { "plan.md": "not_asked" },
    ...parts,
  };
}

const FAILED = aVerdict({ outcome: "failed", failure: { code: "AGENT_FAILED", detail: "x" }, change: null });
const ASK: Ask = { key: "1", action: "command", subject: "git push", reason: "to share it", callId: "call_1" };
const PROGRESS = { phase: "running", turns: 1, toolCalls: 2, sessionId: null } as const;

async function started(store: Store, bench: DeskBench): Promise<void> {
  const launch = await bench.desk.start(bench.caller, HOLDER);
  if (!launch.ok) throw new Error(`not started: ${launch.failure} at ${store.address}`);
}

async function handIn(
  bench: DeskBench,
  name: "patch.diff" | "test.log" | "branch.bundle",
  words: string,
): Promise<void> {
  expect(await bench.desk.artifact(bench.caller, { name, path: bench.file(words) })).toEqual({ ok: true });
}

/** Read as rows: a log that several sessions write is told to readers only once nobody can write before it any more. */
function eventsOf(store: Store, type: EventType): Promise<readonly unknown[]> {
  return store.read((reader) => reader.db.selectFrom("events").select("id").where("type", "=", type).execute());
}

const guards = async (store: Store): Promise<readonly string[]> =>
  (await store.read(listGuards)).map(({ name, times }) => `${name} ${times}`);

storeSuite("the desk", (open) => {
  test("[RUN-8] a start is taken once for a fence, and again only from the same holder", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    const first = await bench.desk.start(bench.caller, HOLDER);
    const again = await bench.desk.start(bench.caller, HOLDER);
    expect([first.ok, again.ok]).toEqual([true, true]);
    if (!first.ok) return;
    expect(first.value).toMatchObject({
      folder: join(bench.folder, "attempts", bench.attempt.id),
      hidden: [bench.folder],
      codexBinary: "/usr/bin/codex",
    });
    expect(first.value.gateway?.token).toMatch(/^clg_/);
    expect(first.value.hostSilenceMs).toBeLessThan(15_000);
    const other = await bench.desk.start(bench.caller, holderOf({ host: "elsewhere", pid: 1, start: "1" }));
    expect(other).toEqual({ ok: false, failure: "stale" });
    expect(await guards(store)).toEqual(["fence/stale 1"]);
  });

  test("[RUN-8] a token that nobody made, and the agent's own, are refused and noted", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    const launch = await bench.desk.start(bench.caller, HOLDER);
    const agents = launch.ok ? (launch.value.gateway?.token ?? "") : "";
    const refused = { ok: false, failure: "refused" };
    expect(await bench.desk.heartbeat({ ...bench.caller, token: "clh_forged" }, PROGRESS)).toEqual(refused);
    expect(await bench.desk.done({ ...bench.caller, token: agents }, aVerdict())).toEqual(refused);
    expect(await guards(store)).toEqual(["token/foreign 1", "token/forged 1"]);
  });

  test("[RUN-8] a heartbeat keeps the lease, tells the phase, and brings what people want", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    using bench = await deskBench(store, { clock });
    await started(store, bench);
    expect(await bench.desk.heartbeat(bench.caller, PROGRESS)).toEqual({ ok: true, value: { stop: null } });
    clock.advance(10_000);
    await bench.desk.heartbeat(bench.caller, PROGRESS);
    const running = await store.read((reader) => getAttempt(reader, bench.attempt.id));
    expect(running).toMatchObject({
      state: "running",
      turns: 1,
      toolCalls: 2,
      leaseUntil: instantOf(SUITE_START + 25_000),
    });
    await bench.desk.heartbeat(bench.caller, { ...PROGRESS, phase: "verifying" });
    expect(await store.read((reader) => getAttempt(reader, bench.attempt.id))).toMatchObject({ state: "verifying" });
    await store.write(STAMP, (tx) => stopAttempt(tx, bench.attempt.id, { wish: "now", code: "CANCELLED" }));
    const pulse = await bench.desk.heartbeat(bench.caller, { ...PROGRESS, phase: "verifying" });
    expect(pulse).toEqual({ ok: true, value: { stop: { wish: "now", code: "CANCELLED" } } });
  });

  test("[RUN-7] what policy knows is answered at once, and is a row like any other", async () => {
    await using store = await open();
    using granting = await deskBench(store, {
      world: { judgeCommand: () => Promise.resolve({ decision: "pass", rule: "allow", reason: "the rule allows it" }) },
    });
    await started(store, granting);
    expect(await granting.desk.ask(granting.caller, ASK)).toEqual({
      ok: true,
      value: { kind: "granted", by: "policy" },
    });
    using denying = await deskBench(store, {
      world: {
        judgeCommand: () =>
          Promise.resolve({ decision: "deny", rule: "no-push", reason: "`git push` may not run", denies: "commands" }),
      },
    });
    await started(store, denying);
    expect(await denying.desk.ask(denying.caller, ASK)).toEqual({
      ok: true,
      value: { kind: "denied", by: "policy", reason: "`git push` may not run" },
    });
    expect(await store.read(listGuards)).toMatchObject([{ name: "rule/commands", times: 1 }]);
    const asked = await store.read((reader) => listApprovals(reader));
    const rows = asked.map(({ state, decidedBy, rule }) => `${state} ${decidedBy} ${rule}`);
    expect(rows.toSorted()).toEqual(["denied policy no-push", "granted policy allow"]);
  });

  test("[RUN-10] a role that only reads may not ask for commands, whatever a person would say", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    await store.write(STAMP, async (tx) => {
      await tx.db.updateTable("attempts").set({ role: "planner" }).where("id", "=", bench.attempt.id).execute();
    });
    expect(await bench.desk.ask(bench.caller, ASK)).toEqual({
      ok: true,
      value: { kind: "denied", by: "policy", reason: "A planner may not ask for that." },
    });
    const [asked] = await store.read((reader) => listApprovals(reader));
    expect(asked).toMatchObject({ state: "denied", rule: "role/planner" });
  });

  test("[RUN-7] a person's answer ends the wait; the same ask again is the same question", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    const answer = bench.desk.ask(bench.caller, { ...ASK, subject: `push with ${OWN_SECRET}` });
    const [asked] = await waitFor(() => store.read((reader) => listApprovals(reader, { state: "asked" })));
    expect(asked?.subject).toMatch(/^push with \[redacted:known:/);
    await store.write(STAMP, (tx) =>
      denyApproval(tx, asked?.id ?? idOf.approval(""), { by: "person", reason: text("not today") }),
    );
    const denied = { ok: true, value: { kind: "denied", by: "person", reason: "not today" } };
    expect(await answer).toEqual(denied);
    expect(await bench.desk.ask(bench.caller, { ...ASK, subject: `push with ${OWN_SECRET}` })).toEqual(denied);
    expect(await store.read((reader) => listApprovals(reader))).toHaveLength(1);
  });

  test("[RUN-7] another folder, other paths, arguments or choices are another question", async () => {
    await using store = await open();
    using bench = await deskBench(store, {
      world: { judgeCommand: () => Promise.resolve({ decision: "deny", rule: "no", reason: "no" }) },
    });
    await started(store, bench);
    await store.write(STAMP, async (tx) => {
      await tx.db.updateTable("attempts").set({ role: "planner" }).where("id", "=", bench.attempt.id).execute();
    });
    const whole: Ask = {
      ...ASK,
      command: ["git", "push"],
      cwd: "/tree",
      paths: ["a"],
      questions: [{ id: "q", text: "Which?", options: ["a", "b"] }],
    };
    const asked = async (parts: Partial<Ask>): Promise<number> => {
      await bench.desk.ask(bench.caller, { ...whole, ...parts });
      return (await store.read((reader) => listApprovals(reader))).length;
    };
    expect(await asked({})).toBe(1);
    expect(await asked({ key: "2", callId: "call_2", reason: "other words" })).toBe(1);
    expect(await asked({ cwd: "/tree/deeper" })).toBe(2);
    expect(await asked({ paths: ["a", "b"] })).toBe(3);
    expect(await asked({ command: ["git", "push", "--force"] })).toBe(4);
    expect(await asked({ questions: [{ id: "q", text: "Which?", options: ["a", "c"] }] })).toBe(5);
  });

  test("[RUN-7] what a person answers to questions reaches the agent by their ids", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    const ask: Ask = { ...ASK, action: "input", questions: [{ id: "q1", text: "Which?", options: ["a", "b"] }] };
    const answer = bench.desk.ask(bench.caller, ask);
    const [asked] = await waitFor(() => store.read((reader) => listApprovals(reader, { state: "asked" })));
    await store.write(STAMP, (tx) =>
      grantApproval(tx, asked?.id ?? idOf.approval(""), { by: "person", answer: { q1: text("b") } }),
    );
    expect(await answer).toEqual({ ok: true, value: { kind: "granted", by: "person", answers: { q1: "b" } } });
  });

  test("[RUN-7] a question that nobody answers expires, and one of an ended attempt is void", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    using bench = await deskBench(store, { clock });
    await started(store, bench);
    const answer = bench.desk.ask(bench.caller, ASK);
    await waitFor(() => store.read((reader) => listApprovals(reader, { state: "asked" })));
    clock.advance(61 * 60_000);
    expect(await answer).toEqual({ ok: true, value: { kind: "expired" } });
    const second = bench.desk.ask(bench.caller, { ...ASK, subject: "another" });
    await waitFor(() => store.read((reader) => listApprovals(reader, { state: "asked" })));
    await bench.desk.done(
      bench.caller,
      aVerdict({ outcome: "failed", failure: { code: "AGENT_FAILED", detail: "x" } }),
    );
    expect(await second).toEqual({ ok: true, value: { kind: "void" } });
  });

  test("[RUN-2] usage of a script is booked once and refused by the attempt's caps, which the next pulse names", async () => {
    await using store = await open();
    using bench = await deskBench(store, { agent: "scripted" });
    await started(store, bench);
    const usage = { key: "step-1", input: 400, output: 100 };
    expect(await bench.desk.spend(bench.caller, usage)).toEqual({ ok: true, value: true });
    expect(await bench.desk.spend(bench.caller, usage)).toEqual({ ok: true, value: true });
    expect(await bench.desk.spend(bench.caller, { key: "step-2", input: 600, output: 1 })).toEqual({
      ok: true,
      value: false,
    });
    const rows = await store.read((reader) => listRequests(reader, bench.attempt.id));
    const said = rows.map(({ state, total, provenance }) => `${state} ${total} ${provenance}`);
    expect(said.toSorted()).toEqual(["refused null simulated", "settled 500 simulated"]);
    const pulse = await bench.desk.heartbeat(bench.caller, PROGRESS);
    expect(pulse).toEqual({ ok: true, value: { stop: { wish: "safe", code: "CAP_TOKENS" } } });
    const capped = aVerdict({ outcome: "capped", failure: { code: "CAP_TOKENS", detail: "The host wanted it." } });
    await bench.desk.done(bench.caller, capped);
    const ended = await store.read((reader) => getAttempt(reader, bench.attempt.id));
    expect(ended?.failureDetail).toBe("tokens: 1,101 of 1,000 of this attempt");
  });

  test("[RUN-2] usage of a script that is told again to a host that began anew is booked once", async () => {
    await using store = await open();
    using bench = await deskBench(store, { agent: "scripted" });
    await started(store, bench);
    const usage = { key: "step-1", input: 300, output: 100 };
    for (let again = 0; again < 2; again += 1)
      expect(await openDesk(bench.world).spend(bench.caller, usage)).toEqual({ ok: true, value: true });
    const other = await openDesk(bench.world).spend(bench.caller, { ...usage, key: "step-2" });
    expect(other).toEqual({ ok: true, value: true });
    const rows = await store.read((reader) => listRequests(reader, bench.attempt.id));
    expect(rows.map(({ total }) => total)).toEqual([400, 400]);
  });

  test("[RUN-2] a real agent cannot book anything past the gateway", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    expect(await bench.desk.spend(bench.caller, { key: "1", input: 1, output: 1 })).toEqual({ ok: true, value: false });
    expect(await store.read((reader) => listRequests(reader, bench.attempt.id))).toEqual([]);
  });

  test("[RUN-9] the live log is redacted, tokens of ours included, and lines that are told twice stand in it once", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    const launch = await bench.desk.start(bench.caller, HOLDER);
    const tokens = [bench.caller.token, launch.ok ? (launch.value.gateway?.token ?? "") : ""];
    const line = (n: number) => ({
      at: "2026-11-20T00:00:00.000Z",
      event: "said",
      text: `${n} ${OWN_SECRET}`,
      deep: [{ a: tokens.join(" ") }],
    });
    await bench.desk.tell(bench.caller, { before: 0, lines: [line(1), line(2)] });
    await bench.desk.tell(bench.caller, { before: 0, lines: [line(1), line(2)] });
    await bench.desk.tell(bench.caller, { before: 1, lines: [line(2), line(3)] });
    const log = readFileSync(bench.world.logs.pathOf(bench.attempt.id), "utf8");
    for (const secret of [OWN_SECRET, ...tokens]) expect(log).not.toContain(secret);
    const texts = log
      .trimEnd()
      .split("\n")
      .map((one) => (JSON.parse(one) as { text: string }).text.slice(0, 2));
    expect(texts).toEqual(["1 ", "2 ", "3 "]);
  });

  test("[RUN-9] the end writes checks, change, artifacts and what is absent, and only then it has ended", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    await bench.desk.tell(bench.caller, { before: 0, lines: [{ at: "2026-11-20T00:00:00.000Z", event: "ended" }] });
    await handIn(bench, "patch.diff", "+added\n");
    await handIn(bench, "test.log", `ok ${OWN_SECRET}`);
    await handIn(bench, "branch.bundle", "+added\n");
    expect(await bench.desk.done(bench.caller, aVerdict())).toEqual({ ok: true });
    expect(await bench.desk.done(bench.caller, aVerdict())).toEqual({ ok: true });

    const attempt = await store.read((reader) => getAttempt(reader, bench.attempt.id));
    expect(attempt).toMatchObject({ state: "ended", outcome: "succeeded", head: CHANGE.head, turns: 2, toolCalls: 5 });
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    expect(artifacts.map(({ name, absent }) => [name, absent])).toEqual([
      ["branch.bundle", null],
      ["cost.json", null],
      ["patch.diff", null],
      ["plan.md", "not_asked"],
      ["review.md", "not_produced"],
      ["rollout.jsonl", "not_produced"],
      ["run.jsonl", null],
      ["spine.jsonl", "not_produced"],
      ["test.log", null],
    ]);
    const [change] = await store.read((reader) => listChanges(reader, bench.attempt.ideaId));
    expect(change).toMatchObject({ head: CHANGE.head, files: 1, lines: 4, state: "local" });
    const checks = await store.read((reader) => listChecks(reader, bench.attempt.id));
    expect(checks).toMatchObject([{ name: "unit", passed: true, exitCode: 0 }]);
    const kept = async (name: string): Promise<string> => {
      const hash = artifacts.find((artifact) => artifact.name === name)?.sha256 ?? "";
      return Buffer.from((await bench.world.files.get(hash)) ?? []).toString("utf8");
    };
    expect(await kept("test.log")).toMatch(/^ok \[redacted:known:/);
    expect(JSON.parse(await kept("cost.json"))).toMatchObject({
      job_id: bench.attempt.id,
      job_cost_usd: 0,
      daily_cap: 40,
    });
    expect(await eventsOf(store, "attempt.ended")).toHaveLength(1);
  });

  test("[RUN-8] a success without its outputs or its passed checks is not believed", async () => {
    await using store = await open();
    const codes: (string | null | undefined)[] = [];
    const end = async (handIns: boolean, parts: Partial<Verdict>): Promise<void> => {
      using bench = await deskBench(store);
      await started(store, bench);
      if (handIns) await handIn(bench, "patch.diff", "+a\n");
      if (handIns) await handIn(bench, "branch.bundle", "+a\n");
      await bench.desk.done(bench.caller, aVerdict(parts));
      codes.push((await store.read((reader) => getAttempt(reader, bench.attempt.id)))?.failureCode);
    };
    await end(false, {});
    await end(true, { change: null });
    await end(true, { checks: [] });
    await end(true, {});
    expect(codes).toEqual(["NO_OUTPUT", "NO_OUTPUT", "ACCEPTANCE_COMMAND_FAILED", null]);
  });

  test("[RUN-9] a change that adds a secret of this machine fails, though no rule knows its shape and the host began anew", async () => {
    await using store = await open();
    const end = async (added: string): Promise<unknown> => {
      using bench = await deskBench(store);
      await started(store, bench);
      await handIn(bench, "patch.diff", "Binary files /dev/null and b/key differ\n");
      await handIn(bench, "branch.bundle", added);
      expect(await openDesk(bench.world).done(bench.caller, aVerdict())).toEqual({ ok: true });
      const changes = await store.read((reader) => listChanges(reader, bench.attempt.ideaId));
      const attempt = await store.read((reader) => getAttempt(reader, bench.attempt.id));
      return [attempt?.outcome, attempt?.failureCode, changes.length];
    };
    const refused = ["failed", "SECRET_PATTERN_DETECTED", 0];
    expect(await end(`-old ${OWN_SECRET}\n+new ${OWN_SECRET}\n`)).toEqual(refused);
    expect(await end(`+\0 ${OWN_SECRET}\n`)).toEqual(refused);
    expect(await end(`+${OWN_SECRET.split("").join("\0")}\0\n`)).toEqual(refused);
    expect(await end(`diff --git a/${OWN_SECRET} b/${OWN_SECRET}\n`)).toEqual(refused);
    expect(await end(`-old ${OWN_SECRET}\n+new\n`)).toEqual(["succeeded", null, 1]);
  });

  test("[RUN-9] a change that nobody can look at is not believed: no diff came, or its branch cannot be read", async () => {
    await using store = await open();
    const end = async (handIns: readonly string[], world: Partial<DeskWorld> = {}): Promise<unknown> => {
      using bench = await deskBench(store, { world });
      await started(store, bench);
      for (const name of ["patch.diff", "branch.bundle"] as const)
        if (handIns.includes(name)) await handIn(bench, name, "+a\n");
      await bench.desk.done(bench.caller, aVerdict({ absent: { "patch.diff": "too_large" } }));
      const attempt = await store.read((reader) => getAttempt(reader, bench.attempt.id));
      return attempt?.failureCode;
    };
    expect(await end(["branch.bundle"])).toBe("NO_OUTPUT");
    expect(await end(["patch.diff"])).toBe("NO_OUTPUT");
    const failure = {
      code: "failed",
      message: "It cannot be read.",
      cause: "c",
      hint: "Do this: h",
      retry: "never",
    } as const;
    const unread = { repository: { addedIn: () => Promise.resolve(fail(failure)) } };
    expect(await end(["patch.diff", "branch.bundle"], unread)).toBe("GIT_FAILED");
    const huge = { repository: { addedIn: () => Promise.resolve(ok("+".repeat(LARGEST_ARTIFACT.text + 2))) } };
    expect(await end(["patch.diff", "branch.bundle"], huge)).toBe("CAP_OUTPUT");
  });

  test("[RUN-2][RUN-9] what is kept as its cost is what the ledger says once it has ended", async () => {
    await using store = await open();
    const costOf = async (agent: "codex" | "scripted", isOpen: boolean): Promise<unknown> => {
      using bench = await deskBench(store, { agent });
      await started(store, bench);
      const { id: attemptId, fence } = bench.attempt;
      const facts = { model: "m", requestKind: "turn", threadId: null, bodyBytes: 400, maxOutput: 100 };
      const wish = { payer: { attemptId, fence }, facts, priceOf: () => null, outputTokens: 100 };
      if (isOpen)
        expect(await store.write(STAMP, (tx) => reserveRequest(tx, wish))).toMatchObject({ kind: "reserved" });
      await bench.desk.done(bench.caller, FAILED);
      const [spent] = (await store.read((reader) => sumAttemptSpending(reader, [attemptId]))).values();
      const artifacts = await store.read((reader) => listArtifacts(reader, attemptId));
      const hash = artifacts.find(({ name }) => name === "cost.json")?.sha256 ?? "";
      const cost = JSON.parse(Buffer.from((await bench.world.files.get(hash)) ?? []).toString("utf8")) as object;
      expect(cost).toMatchObject({ responses: spent?.responses ?? 0, tokens_at_least: spent?.tokens ?? 0 });
      return "responses" in cost && "provenance" in cost ? [cost.responses, cost.provenance] : null;
    };
    expect(await costOf("codex", true)).toEqual([1, "estimated"]);
    expect(await costOf("codex", false)).toEqual([0, "measured"]);
    expect(await costOf("scripted", false)).toEqual([0, "simulated"]);
  });

  test("[RUN-9] a session that the host cannot read is told in the log, with a reason of its own", async () => {
    await using store = await open();
    using bench = await deskBench(store, {
      world: { ingest: () => Promise.reject(new Error(`no room for ${OWN_SECRET}`)) },
    });
    await started(store, bench);
    await bench.desk.recording(bench.caller, { name: "rollout-s1.jsonl", path: bench.file("{}\n") });
    expect(await bench.desk.done(bench.caller, { ...FAILED, sessionId: "s1" })).toEqual({ ok: true });
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    const of = (name: string) => artifacts.find((artifact) => artifact.name === name);
    expect([of("rollout.jsonl")?.absent, of("spine.jsonl")?.absent]).toEqual(["unreadable", "unreadable"]);
    const log = Buffer.from((await bench.world.files.get(of("run.jsonl")?.sha256 ?? "")) ?? []).toString("utf8");
    expect(JSON.parse(log)).toMatchObject({
      event: "session_unread",
      text: expect.stringContaining("no room for [red"),
    });
  });

  test("[RUN-9] a recording is kept without secrets, and one that is too large is not read whole", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    const line = (said: string): string => `${JSON.stringify({ type: "said", text: said })}\n`;
    const path = bench.file(line(`my key is ${OWN_SECRET}`) + line("plain"));
    await bench.desk.recording(bench.caller, { name: "rollout-s1.jsonl", path });
    const kept = join(bench.world.places.recordings, bench.attempt.id, "rollout-s1.jsonl");
    await bench.desk.done(bench.caller, { ...FAILED, sessionId: "s1" });
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    const hash = artifacts.find(({ name }) => name === "rollout.jsonl")?.sha256 ?? "";
    const rollout = Buffer.from((await bench.world.files.get(hash)) ?? []).toString("utf8");
    for (const words of [readFileSync(kept, "utf8"), rollout]) {
      expect(words).toMatch(/my key is \[redacted:known:[^\n]*\n.*plain/);
      expect(words).not.toContain(OWN_SECRET);
    }
    // More than one string can hold: whoever reads it before looking at its size fails.
    truncateSync(kept, 5 * 1024 ** 3);
    const id = { attemptId: bench.attempt.id, sessionId: "s1" };
    const unread = { ...bench.world, ingest: () => Promise.resolve() };
    expect(await sessionArtifacts(unread, id)).toContainEqual({
      attemptId: bench.attempt.id,
      name: "rollout.jsonl",
      absent: "too_large",
    });
  });

  test("[OPS-5] a runner killed between its files and its last word loses its attempt, and its files land nowhere", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    await handIn(bench, "patch.diff", "+added\n");
    await handIn(bench, "branch.bundle", "+added\n");
    await store.write(STAMP, (tx) => sweepAttempts(tx, () => true));
    expect(await openDesk(bench.world).done(bench.caller, aVerdict())).toEqual({ ok: false, failure: "stale" });
    await listWhatIsLeft(bench.world, bench.attempt);
    const attempt = await store.read((reader) => getAttempt(reader, bench.attempt.id));
    expect(attempt).toMatchObject({ outcome: "lost", failureCode: "RUNNER_LOST", head: null });
    expect(await store.read((reader) => listChanges(reader, bench.attempt.ideaId))).toEqual([]);
    expect(await store.read((reader) => taskNow(reader, bench.attempt.taskId))).toMatchObject({ state: "ready" });
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    const there = artifacts.filter(({ absent }) => absent === null).map(({ name }) => name);
    expect(there).toEqual(["branch.bundle", "cost.json", "patch.diff"]);
    const caps = await store.read((reader) => reader.db.selectFrom("caps").select("reserved").execute());
    expect(caps.filter(({ reserved }) => reserved !== 0)).toEqual([]);
  });

  test("[RUN-8] whoever comes after the end is stale; a file it brings is set aside and no artifact", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    await bench.desk.done(
      bench.caller,
      aVerdict({ outcome: "failed", failure: { code: "AGENT_FAILED", detail: OWN_SECRET } }),
    );
    const stale = { ok: false, failure: "stale" };
    expect(await bench.desk.heartbeat(bench.caller, PROGRESS)).toEqual(stale);
    expect(
      await bench.desk.artifact(bench.caller, { name: "test.log", path: bench.file(`late ${OWN_SECRET}`) }),
    ).toEqual(stale);
    const aside = join(bench.world.places.refused, `${bench.attempt.id}-${bench.attempt.fence}`, "test.log");
    expect(readFileSync(aside, "utf8")).toMatch(/^late \[redacted:known:/);
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    expect(artifacts.find(({ name }) => name === "test.log")?.sha256).toBeNull();
    expect(await eventsOf(store, "fence.refused")).toHaveLength(2);
    const attempt = await store.read((reader) => getAttempt(reader, bench.attempt.id));
    expect(attempt?.failureDetail).toMatch(/^\[redacted:known:/);
  });

  test("[RUN-7][RUN-9] the session is read with its signals, and a rule's no is no person's", async () => {
    await using store = await open();
    using bench = await deskBench(store);
    await started(store, bench);
    const [sample = ""] = globSync("samples/0.169.0/as-repeated-denial/sessions/**/*.jsonl");
    const name = sample.split("/").at(-1) ?? "";
    const session = idOf.session("01a1f6cf-3d26-7551-959f-ebaa667b733b");
    const ask = async (call: string, by: "policy" | "person"): Promise<void> => {
      const answer = bench.desk.ask(bench.caller, { ...ASK, key: call, subject: call, callId: call });
      const [asked] = await waitFor(() => store.read((reader) => listApprovals(reader, { state: "asked" })));
      await store.write(STAMP, (tx) => denyApproval(tx, asked?.id ?? idOf.approval(""), { by, reason: text("no") }));
      await answer;
    };
    for (const call of ["call_den_1", "call_den_2", "call_den_3"]) await ask(call, "policy");
    await ask("call_den_4", "person");
    const copy = bench.file("");
    copyFileSync(sample, copy);
    expect(await bench.desk.recording(bench.caller, { name, path: copy })).toEqual({ ok: true });
    await bench.desk.done(
      bench.caller,
      aVerdict({ outcome: "failed", failure: { code: "AGENT_FAILED", detail: "x" }, sessionId: session }),
    );

    expect(existsSync(join(bench.world.places.recordings, bench.attempt.id, name))).toBe(true);
    const now = instantOf(bench.world.clock.now());
    expect(await store.read((reader) => getSession(reader, session, { now }))).not.toBeNull();
    const signals = await store.read((reader) => listSignals(reader, { session }));
    const count = (category: string): number => signals.filter((signal) => signal.category === category).length;
    expect([count("policy_rejection"), count("denial_exec"), count("repeated_denial")]).toEqual([3, 1, 0]);
    const artifacts = await store.read((reader) => listArtifacts(reader, bench.attempt.id));
    expect(artifacts.filter(({ name: one }) => /rollout|spine/.test(one)).map(({ absent }) => absent)).toEqual([
      null,
      null,
    ]);
  });
});

/** Looks until there is something. */
async function waitFor<T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
