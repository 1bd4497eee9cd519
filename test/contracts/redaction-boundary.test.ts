import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportMarkdown } from "../../src/cli/report-markdown.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import { redactText } from "../../src/policy/redact/redact-text.ts";
import { api } from "../../src/server/api.ts";
import { readsOf } from "../../src/server/reads.ts";
import { openRunFiles } from "../../src/world/run-files.ts";
import { LIMITS } from "./money-fixture.ts";
import { NO_WRITES } from "../fakes/no-writes.ts";
import { exportStore } from "../../src/store/export/export-store.ts";
import { PLAIN_TABLES } from "../../src/store/export/tables.ts";
import { replaceSignals } from "../../src/store/signals/replace-signals.ts";
import type { Store } from "../../src/store/store.ts";
import { learnedReport } from "../../src/views/report.ts";
import { bundleSession } from "../../src/world/bundle.ts";
import { plantedIn, plantedToken, plantRecordings, type Planting } from "../fakes/planted-recordings.ts";
import { recordingHome } from "../fakes/recording-home.ts";
import { AFTER_RECORDING, ingestInto, scratchStore, tracesIn } from "../fakes/trace-of-scenario.ts";

const PLANTINGS: readonly Planting[] = ["texts", "everything"];

async function filesUnder(folder: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (name) => ({ name, text: (await readFile(name)).toString("latin1") })));
}

/** Planted secrets by the place they came out at; no entry for a place that holds none. */
type Leaks = Record<string, readonly string[]>;

function note(leaks: Leaks, place: string, text: string): void {
  const found = plantedIn(text);
  if (found.length > 0) leaks[place] = found.slice(0, 5);
}

async function columns(store: Store, leaks: Leaks): Promise<number> {
  let rows = 0;
  await store.read(async (reader) => {
    for (const table of [...PLAIN_TABLES, "events"] as const) {
      for (const row of await reader.db.selectFrom(table).selectAll().execute()) {
        rows += 1;
        for (const [column, value] of Object.entries(row)) note(leaks, `${table}.${column}`, String(value));
      }
    }
  });
  return rows;
}

/** Signals of every session, as learning stores them. */
async function learn(store: Store): Promise<number> {
  const traces = await tracesIn(store);
  const signals = traces.flatMap((trace) => computeSignals(trace));
  const sessions = traces.map(({ session }) => session.id);
  await store.write({ actor: "test" }, (tx) => replaceSignals(tx, { sessions, signals }));
  return signals.length;
}

async function answers(store: Store, leaks: Leaks): Promise<void> {
  const clock = fixedClock(AFTER_RECORDING);
  const runFiles = openRunFiles("/nowhere");
  const reads = readsOf({
    store,
    clock,
    minimumN: 1,
    priceOf: () => null,
    runFiles,
    capLimits: LIMITS,
    spending: { dayMicroDollars: 40_000, monthMicroDollars: 900_000 },
  });
  const routes = api(reads, NO_WRITES);
  const sessions = (await tracesIn(store)).map(({ session }) => `/sessions/${encodeURIComponent(session.id)}`);
  const asked = [
    "/sessions",
    "/signals",
    "/report",
    "/usage?by=model",
    "/search?text=deploy",
    "/search?text=zq7wcanary",
  ];
  for (const path of [...asked, ...sessions]) {
    const response = await routes.request(path);
    const text = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    note(leaks, `GET ${path}`, text);
  }
}

test("a planted secret is one that the rules know, wherever it stands", () => {
  const token = plantedToken("anything");
  for (const text of [token, `x ${token}`, `call_1-${token}`, `/a/${token}/b`])
    expect(plantedIn(redactText(text, { salt: "test" }))).toEqual([]);
});

test.for(PLANTINGS)("[TRC-10] a secret planted into %s of every format comes out nowhere", async (planting) => {
  await using home = await recordingHome();
  await using place = await recordingHome();
  const leaks: Leaks = {};
  await plantRecordings(home, planting);
  {
    await using store = await scratchStore(place.at("store/store.db"));
    const done = await ingestInto(store, [home.path]);
    if (!done.ok) throw new Error(done.failure.message);
    note(leaks, "unknown types", [...done.value.unknownTypes.keys()].join("\n"));
    note(leaks, "unreadable lines", JSON.stringify(done.value.unreadableLines));
    expect(await learn(store)).toBeGreaterThan(0);
    expect(await columns(store, leaks)).toBeGreaterThan(500);
    await store.read(async (reader) => {
      for await (const chunk of exportStore(reader)) note(leaks, "export", chunk);
      const report = await learnedReport(reader, { now: AFTER_RECORDING, minimumN: 1 });
      note(leaks, "report", JSON.stringify(report));
      note(leaks, "report in Markdown", reportMarkdown(report));
    });
    await answers(store, leaks);
    for (const [at, { session }] of (await tracesIn(store)).entries()) {
      const folder = place.at(`bundles/${at}`);
      const written = await bundleSession(store, { id: session.id, folder, now: AFTER_RECORDING });
      expect(written.ok).toBe(true);
    }
  }
  const files = await filesUnder(place.path);
  expect(files.length).toBeGreaterThan(30);
  for (const { name, text } of files) note(leaks, name.slice(place.path.length), text);
  expect(leaks).toEqual({});
});
