import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import { FailureError } from "../../src/model/failure.ts";
import { dayOf, instantOf } from "../../src/model/time.ts";
import { callCli, documentOf, emptyHome, mustCall } from "../fakes/run-cli.ts";
import { json, work } from "../fakes/handed-in-work.ts";

test("[RUN-12] pause, stop and resume say what they did, each for its scope", async () => {
  await using home = await emptyHome();
  const { folder, add } = work(home, "  - say: hello\n");
  const { id } = (await json(add, home)) as { id: string };
  expect(await json(["pause", "--repo", folder, "--reason", "the build is red"], home)).toMatchObject({
    scope: `repository/${folder}`,
    word: "paused",
    reason: "the build is red",
    stopping: [],
    ended: [],
  });
  const inside = await json(["pause", "--repo", join(folder, ".git/..")], home);
  expect(inside).toMatchObject({ scope: `repository/${folder}`, reason: "the build is red" });
  expect(await json(["stop", "--idea", id.slice(0, 13)], home)).toMatchObject({ scope: `idea/${id}`, word: "stopped" });
  expect(await json(["explain", id], home)).toMatchObject([
    { reason: "paused", lifted_by: `codex-loop resume --repo ${folder}` },
    { reason: "stopped", lifted_by: `codex-loop resume --idea ${id}` },
    { reason: "not_served" },
  ]);
  expect(await json(["resume", "--idea", id], home)).toMatchObject({
    lifted: "stopped",
    remaining: [{ word: "paused" }],
  });
  expect(await json(["resume"], home)).toMatchObject({ scope: "all", lifted: null });
  const unknown = await callCli(["pause", "--idea", "nobody"], home);
  expect([unknown.code, unknown.stderr.split("\n")[0]]).toEqual([5, "There is no idea nobody."]);
});

test("[RUN-12] a repository is meant by any path in it, and a path that leads to none holds nothing back", async () => {
  await using home = await emptyHome();
  const { folder } = work(home, "  - say: hello\n");
  mkdirSync(join(folder, "sub/deeper"), { recursive: true });
  for (const word of ["pause", "stop", "resume"])
    expect(await json([word, "--repo", join(folder, "sub/deeper")], home)).toMatchObject({
      scope: `repository/${folder}`,
    });
  for (const word of ["pause", "stop", "resume"]) {
    const gone = await callCli([word, "--repo", join(folder, "nowhere")], home);
    expect([gone.code, gone.stdout, gone.stderr]).toEqual([
      5,
      "",
      expect.stringMatching(/^There is no folder .*nowhere/),
    ]);
    const plain = await callCli([word, "--repo", "/usr"], home);
    expect([plain.code, plain.stdout]).toEqual([2, ""]);
    expect(plain.stderr).toContain("/usr is not the work tree of a git repository");
    expect(await json([word, "--repo", "acme/shop"], home)).toMatchObject({ scope: "repository/acme/shop" });
  }
  expect(await json(["resume"], home)).toMatchObject({ remaining: [] });
  await mustCall(["pause", "--repo", folder], home);
  rmSync(folder, { recursive: true });
  expect(await json(["resume", "--repo", folder], home)).toMatchObject({ lifted: "paused" });
});

test("[OPS-1] [OPS-2] [OPS-6] the operator's views answer on a fresh machine, and tell of a guard that held", async () => {
  await using home = await emptyHome();
  const drilled = (await json(["drill"], home)) as readonly {
    guard: string;
    fired: boolean;
    last_real: string | null;
  }[];
  expect(drilled.length).toBeGreaterThan(25);
  expect(drilled.filter(({ fired, last_real: real }) => !fired || real !== null)).toEqual([]);
  await mustCall(["init"], home);
  expect(await json(["triage"], home)).toEqual([]);
  const gates = (await json(["kpi"], home)) as readonly { gate: string; verdict: string }[];
  expect(gates.map(({ verdict }) => verdict)).not.toContain("pass");
  const { add } = work(home, "  - say: hello\n");
  await mustCall(["pause"], home);
  const waited = await callCli([...add, "--wait"], home);
  expect(waited.code).toBe(75);
  expect(waited.stderr).toContain("held: paused\n  lifted by codex-loop resume\n");
  expect(await json(["drill"], home)).toContainEqual(
    expect.objectContaining({ guard: "pause", fired: true, last_real: expect.any(String) }),
  );
});

test("[OPS-1] a gate that fails is exit 3, and the figure is the store's", async () => {
  await using home = await emptyHome();
  await mustCall(["init"], home);
  const opened = await openSqlite({
    path: join(home.home, ".codex-loop/store.db"),
    clock: systemClock,
    random: systemRandom,
  });
  if (!opened.ok) throw new FailureError(opened.failure);
  await using store = opened.value;
  const today = dayOf(instantOf(systemClock.now()));
  await store.write({ actor: "test" }, async (tx) => {
    const counters = { extended: 0, reserved: 0, spent: 40_000_001, unknown: 0, provenance: "measured" };
    const row = { scope: `day/${today}`, unit: "usd", cap: 40_000_000, ...counters, updated_at: tx.now };
    await tx.db.insertInto("caps").values(row).execute();
  });
  const ran = await callCli(["kpi", "--json"], home);
  expect(ran.code).toBe(3);
  expect(documentOf(ran)).toContainEqual(
    expect.objectContaining({
      gate: "daily_spend_usd",
      value: 40.000001,
      target: 40,
      verdict: "fail",
      why: `day/${today}`,
    }),
  );
});
