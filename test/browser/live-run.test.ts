/** A real server with a real run: what the page shows while it happens, and what the operator's answer there does. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunLogLine } from "../../src/views/shapes/run.ts";
import { GREET, ideaFiles } from "../fakes/idea-files.ts";
import { callCli, documentOf, emptyHome, mustCall } from "../fakes/run-cli.ts";
import { startUp } from "../fakes/running-up.ts";
import { openBrowser, openPage } from "./watched-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Listed {
  readonly id: string;
}

async function only(words: readonly string[], around: { readonly home: string }): Promise<string> {
  const rows = documentOf(await mustCall([...words, "--json"], around)) as readonly Listed[];
  return rows[0]?.id ?? "";
}

test("[JOB-6] a run is seen while it happens, and the operator's answer in the page reaches the agent", async () => {
  await using around = await emptyHome();
  mkdirSync(join(around.home, ".codex"));
  const { add } = ideaFiles(around.home);
  await using up = await startUp(around);
  const token = readFileSync(join(around.home, ".codex-loop/operator-token"), "utf8").trim();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${up.url}#/?operator=${token}`);
  await page.goto(`${up.url}#/runs`);
  await page.getByText("No agent has run yet.").waitFor();
  const steps = [
    { run: ["cat", join(around.home, ".codex-loop/operator-token")] },
    { ask: { command: ["git", "push"], reason: "to share it" } },
    GREET,
  ];
  await mustCall(add(...steps), around);
  const asked = page.getByRole("region", { name: "Waiting for a person" });
  await asked.getByText("git push", { exact: true }).waitFor();
  await asked.getByLabel("Reason").fill("nobody pushes here");
  await asked.getByRole("button", { name: "Deny" }).click();
  await asked.waitFor({ state: "detached" });
  const id = await only(["run", "list"], around);
  await page.goto(`${up.url}#/runs/${id}`);
  const transcript = page.getByRole("region", { name: "Transcript" });
  await transcript.getByText("nobody pushes here").first().waitFor();
  await page
    .getByRole("list", { name: "Phases" })
    .getByText(/succeeded|failed/)
    .waitFor();
  expect(await page.getByRole("main").getByText("simulated", { exact: true }).count()).toBeGreaterThan(0);
  const log = await mustCall(["run", "logs", id, "--json"], around);
  expect(log.stdout).not.toContain(token);
  const lines = JSON.parse(log.stdout) as readonly RunLogLine[];
  const reading = lines.find(({ facts }) => String(facts["input"]).includes("operator-token"));
  const read = lines.find(({ event, facts }) => event === "call_ended" && facts["callId"] === reading?.facts["callId"]);
  expect(read?.facts).toMatchObject({ ok: false });
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-6] a run that sleeps is ended from the page, and the page says so", async () => {
  await using around = await emptyHome();
  mkdirSync(join(around.home, ".codex"));
  const { add } = ideaFiles(around.home);
  await using up = await startUp(around);
  const token = readFileSync(join(around.home, ".codex-loop/operator-token"), "utf8").trim();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${up.url}#/?operator=${token}`);
  await mustCall(add({ say: "I sleep." }, { sleep: 120 }), around);
  await page.goto(`${up.url}#/runs`);
  await page.getByRole("table", { name: "Runs" }).getByRole("link", { name: "Write the greeting" }).click();
  await page.getByRole("region", { name: "Transcript" }).getByText("I sleep.").waitFor();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("list", { name: "Phases" }).getByText("cancelled").waitFor();
  await page.getByRole("button", { name: "Cancel run" }).waitFor({ state: "detached" });
  expect((await callCli(["run", "cancel", await only(["run", "list"], around)], around)).code).toBe(6);
  expect(await watched.complaints()).toEqual([]);
});
