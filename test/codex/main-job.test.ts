/** The main job as a person does it: one command line, the real Codex CLI behind the walls, a scripted provider. */
import { once } from "node:events";
import { expect, test } from "vitest";
import { asksToRun, hangs, runs, says } from "../fakes/model-server/turns.ts";
import { spawnCli } from "../fakes/run-cli.ts";
import { endOf, goneAfter, ideaBench, KEY, type IdeaBench, type IdeaDocument } from "./idea-bench.ts";
import { processesOf } from "./processes-of.ts";

const MEND = runs("mend", "sed -i 's/a - b/a + b/' sum.mjs && node --test");

test("[JOB-4] a specification becomes a commit by the real Codex whose checks we ran, on a branch beside the checkout", async () => {
  await using bench = await ideaBench({ turns: [MEND, says("The sum is right now.")] });
  const { code, idea } = await bench.add();
  expect(idea).toMatchObject({ state: "completed", simulated: false, attempts: [{ outcome: "succeeded" }] });
  expect(code).toBe(0);
  const [attempt] = idea.attempts;
  const [change] = idea.changes;
  expect(bench.git("show", `${change?.branch}:sum.mjs`)).toBe("export const sum = (a, b) => a + b;");
  expect(
    bench.git("log", "-1", "--format=%an <%ae>%n%(trailers:key=Codex-Loop-Attempt,valueonly)", change?.head ?? ""),
  ).toBe(`Codex Loop <codex-loop@localhost>\n${attempt?.id}`);
  expect([bench.git("branch", "--show-current"), bench.git("status", "--porcelain")]).toEqual(["main", ""]);
  const run = await bench.ask<{ checks: object[]; artifacts: { name: string; sha256: string | null }[] }>(
    "run",
    "show",
    attempt?.id ?? "",
  );
  expect(run.checks).toMatchObject([{ name: "tests", passed: true, exit_code: 0 }]);
  const kept = run.artifacts.filter(({ sha256 }) => sha256 !== null).map(({ name }) => name);
  expect(kept).toEqual(expect.arrayContaining(["patch.diff", "test.log", "cost.json", "run.jsonl", "rollout.jsonl"]));
  const billed = bench.model.billed.reduce((sum, { usage }) => sum + usage.input + usage.output, 0);
  expect(attempt?.tokens).toBe(billed);
  const session = await bench.ask<{ tokens: object; signals: object[] }>("sessions", "show", attempt?.session_id ?? "");
  expect(session).toMatchObject({ tokens: { total: billed, provenance: "measured" } });
  expect(processesOf(attempt?.id ?? "none")).toEqual([]);
  expect(bench.clones()).toEqual([]);
});

test("[JOB-4] the provider's key is in no file, no environment and no log of the agent, and in nothing that the model was told", async () => {
  const look = runs("look", "env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'; ls -la ~ /root; echo looked");
  await using bench = await ideaBench({ turns: [look, MEND, says("Done.", { saw: ["looked"] })] });
  const { idea } = await bench.add();
  expect(idea.state).toBe("completed");
  expect(bench.model.requests.map(({ headers }) => headers.authorization)).toEqual(
    bench.model.requests.map(() => `Bearer ${KEY}`),
  );
  expect(bench.model.requests.filter(({ text }) => text.includes(KEY))).toEqual([]);
  expect(bench.filesWith(KEY)).toEqual([]);
});

test("[JOB-4] without a key, or without the program, it stops with the fix and registers nothing", async () => {
  await using bench = await ideaBench();
  for (const env of [{ CODEX_LOOP_UPSTREAM_KEY: "" }, { CODEX_LOOP_CODEX_BIN: "/nowhere/codex" }]) {
    const around = { home: bench.around.home, env: { ...bench.around.env, ...env } };
    const ran = await spawnCli(bench.words(), around);
    expect(ran.code).toBe(4);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: { code: "auth_missing", hint: expect.stringMatching(/Do this: .*(KEY|codex)/) },
    });
  }
  expect((await spawnCli(["idea", "list", "--json"], bench.around)).code).not.toBe(0);
});

test("[GWY-3] a spend cap ends the run at the gateway: what was spent is no more than the cap and the responses in flight", async () => {
  await using bench = await ideaBench({ turns: [runs("again_1", "echo again")] });
  const end = bench.add("--max-tokens", "60000");
  const more = keepTalking(bench);
  const { code, idea } = await end;
  const asked = bench.model.requests.length;
  expect(code).toBe(3);
  expect(idea).toMatchObject({ state: "blocked", attempts: [{ outcome: "capped", failure_code: "CAP_TOKENS" }] });
  const billed = bench.model.billed.reduce((sum, { usage }) => sum + usage.input + usage.output, 0);
  expect(idea.attempts[0]?.tokens).toBe(billed);
  expect(asked).toBeGreaterThan(1);
  expect(billed).toBeLessThanOrEqual(60_000 + 10_050);
  expect(bench.git("branch", "--list", "codex-loop/*")).toBe("");
  await more.finish();
});

test("[RUN-5] a cancelled run is gone within two seconds, with everything it started", async () => {
  const slow = runs("slow", "(setsid sleep 300 &) ; sleep 300", { more: { yield_time_ms: 1000 } });
  await using bench = await ideaBench({ turns: [slow, hangs()] });
  const waiting = bench.start();
  await bench.model.request(2);
  const [run] = await bench.ask<{ id: string }[]>("run", "list");
  expect(processesOf(run?.id ?? "none").length).toBeGreaterThan(2);
  const cancelled = await bench.ask<{ id: string }>("run", "cancel", run?.id ?? "");
  expect(cancelled.id).toBe(run?.id);
  expect(await goneAfter(run?.id ?? "")).toBeLessThan(2_000);
  const { code, idea } = await endOf(waiting);
  expect(idea.attempts).toMatchObject([{ outcome: "cancelled", failure_code: "CANCELLED" }]);
  expect(code).not.toBe(0);
  expect(bench.clones()).toEqual([]);
});

test("[RUN-13] Ctrl-C ends the run and loses nothing: waiting again brings the idea to its end", async () => {
  await using bench = await ideaBench({ turns: [hangs()] });
  const waiting = bench.start();
  await bench.model.request(1);
  const [run] = await bench.ask<{ id: string }[]>("run", "list");
  waiting.kill("SIGINT");
  const { code, idea } = await endOf(waiting);
  expect(code).toBe(130);
  expect(processesOf(run?.id ?? "none")).toEqual([]);
  bench.model.add(MEND, says("Done."));
  const again = await bench.ask<IdeaDocument>("idea", "resume", idea.id, "--wait");
  expect(again).toMatchObject({ state: "completed", attempts: [{ outcome: "lost" }, { outcome: "succeeded" }] });
});

test("[RUN-13] without acceptance commands a person has the last word: exit 7, and yes completes it", async () => {
  await using bench = await ideaBench({ turns: [MEND, says("Done.")], profile: null });
  const { code, idea } = await bench.add();
  expect([code, idea.state]).toEqual([7, "awaiting_approval"]);
  expect(idea.changes).toHaveLength(1);
  const [asked] = await bench.ask<{ action: string; head: string }[]>("approvals", "list");
  expect(asked).toMatchObject({ action: "change", head: idea.changes[0]?.head });
  await bench.ask("idea", "approve", idea.id);
  const done = await bench.ask<IdeaDocument>("idea", "resume", idea.id, "--wait");
  expect(done.state).toBe("completed");
  expect(bench.git("show", `${done.changes[0]?.branch}:sum.mjs`)).toContain("a + b");
});

test("[RUN-7] what the agent asks waits for a person; a denial's reason is told to the agent, and both are kept with the session", async () => {
  const ask = asksToRun("publish", { command: "npm publish", why: "May I publish?" });
  await using bench = await ideaBench({
    turns: [ask, MEND, says("Mended, not published.", { saw: ["people publish"] })],
  });
  const waiting = bench.start();
  await once(waiting.stderr, "readable");
  const asked = await firstAsked(bench);
  expect(asked).toMatchObject({ action: "command", subject: expect.stringContaining("npm publish") });
  await bench.ask("approvals", "deny", asked.id, "--reason", "people publish here, after a review");
  const { idea } = await endOf(waiting);
  expect(idea.state).toBe("completed");
  const session = await bench.ask<{ approvals: object[]; signals: { category: string }[] }>(
    "sessions",
    "show",
    idea.attempts[0]?.session_id ?? "",
  );
  expect(session.approvals).toMatchObject([{ call_id: "publish" }]);
  expect(session.signals.map(({ category }) => category)).toContain("denial_exec");
  expect(session.signals.map(({ category }) => category)).not.toContain("zero_denial");
});

async function firstAsked(bench: IdeaBench): Promise<{ readonly id: string; readonly action: string }> {
  for (;;) {
    const [asked] = await bench.ask<{ id: string; action: string }[]>("approvals", "list");
    if (asked !== undefined) return asked;
  }
}

/** A model that answers every request with one more command of ten thousand tokens, for as long as it is asked. */
function keepTalking(bench: IdeaBench): { finish(): Promise<void> } {
  const over = new AbortController();
  const usage = { input: 10_000, output: 50 };
  const talk = async (): Promise<void> => {
    for (let number = 1; !over.signal.aborted; number += 1) {
      await bench.model.request(number);
      if (!over.signal.aborted) bench.model.add(runs(`again_${number + 1}`, "echo again", { usage }));
    }
  };
  void talk();
  return {
    // The turn that lies ready is the one that the gateway kept the agent from asking for: it is asked for by hand.
    finish: async () => {
      over.abort();
      const body = JSON.stringify({ model: "gpt-5.5", stream: false, input: [] });
      await fetch(`${bench.model.url}/responses`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      });
    },
  };
}
