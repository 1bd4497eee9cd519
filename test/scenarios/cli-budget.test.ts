import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import { idOf } from "../../src/model/ids.ts";
import { openAttempt } from "../contracts/money-fixture.ts";
import { callCli, documentOf, emptyHome, mustCall } from "../fakes/run-cli.ts";

interface Row {
  readonly scope: string;
  readonly unit: string;
  readonly cap: number | null;
}

async function capOf(around: { readonly home: string }, scope: string, unit: string): Promise<unknown> {
  const rows = documentOf(await mustCall(["budget", "show", "--json"], around)) as readonly Row[];
  return rows.find((row) => row.scope === scope && row.unit === unit);
}

test("[OPS-3] budgets are shown in dollars and extended within bounds, on the command line", async () => {
  await using around = await emptyHome();
  await mustCall(["init"], around);
  const day = `day/${new Date().toISOString().slice(0, 10)}`;
  expect(await capOf(around, day, "usd")).toEqual({
    scope: day,
    unit: "usd",
    cap: 40,
    reserved: 0,
    spent: 0,
    unknown: 0,
    provenance: "measured",
  });
  const path = join(around.home, ".codex-loop/store.db");
  const store = await openSqlite({ path, clock: systemClock, random: systemRandom });
  if (!store.ok) throw new Error(store.failure.message);
  await store.value.write({ actor: "test" }, (tx) => openAttempt(tx, idOf.attempt("a")));
  await store.value[Symbol.asyncDispose]();
  expect(await capOf(around, "idea/idea-1", "usd")).toMatchObject({ cap: 0.009, reserved: 0.003 });

  const shown = await mustCall(["budget", "show"], around);
  expect(shown.stdout).toContain("month/");
  const extended = await mustCall(
    ["budget", "extend", "idea/idea-1", "--usd", "0.005", "--tokens", "10", "--json"],
    around,
  );
  expect(documentOf(extended)).toMatchObject([
    { scope: "idea/idea-1", unit: "usd", cap: 0.014 },
    { scope: "idea/idea-1", unit: "tokens", cap: 3010 },
  ]);
  expect(await capOf(around, "idea/idea-1", "tokens")).toMatchObject({ cap: 3010 });
});

test.each([
  [["idea/idea-1"], 2, "usage"],
  [["idea/idea-1", "--usd", "0"], 2, "usage"],
  [["idea/idea-1", "--usd", "-1"], 2, "usage"],
  [["idea/idea-1", "--usd", "1e3"], 2, "usage"],
  [["idea/idea-1", "--tokens", "0.5"], 2, "usage"],
  [["idea/idea-1", "--tokens", "5"], 5, "not_found"],
  [["attempt/a", "--tokens", "5"], 6, "conflict"],
  [["no-such-idea", "--tokens", "5"], 5, "not_found"],
] as const)("[OPS-3] budget extend %j ends with %i", async (words, exit, code) => {
  await using around = await emptyHome();
  await mustCall(["init"], around);
  const ran = await callCli(["budget", "extend", ...words, "--json"], around);
  expect([ran.code, documentOf(ran)]).toMatchObject([exit, { error: { code } }]);
});
