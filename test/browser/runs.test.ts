import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, TOKEN } from "./canned-console.ts";
import { approval, APPROVAL, IDEA, LOG, RUN, runDetail } from "./canned-runs.ts";
import { openBrowser, openPage } from "./watched-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("[JOB-6] a run is followed while it happens: lines, state and limits, without a reload", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/runs/${RUN}`);
  const transcript = page.getByRole("region", { name: "Transcript" });
  await transcript.getByText("I look at the tests first.").waitFor();
  await transcript.getByText("exit 1 · 3 s").waitFor();
  await page.evaluate("window.notReloaded = true");
  const said = { number: 400, at: "2026-11-21T10:00:15.000Z", event: "said", facts: { text: "Now they pass." } };
  server.views.runLog = { ...LOG, lines: [...LOG.lines, said], after: 500 };
  await transcript.getByText("Now they pass.").waitFor();
  expect(await transcript.getByText("I look at the tests first.").count()).toBe(1);
  server.views.runLog = { ...server.views.runLog, ended: true };
  server.views.runs = [runDetail({ state: "ended", outcome: "capped", failure_code: "CAP_TOKENS", approvals: [] })];
  await server.happen("attempt.ended");
  await page.getByRole("list", { name: "Phases" }).getByText("capped").waitFor();
  await page.getByRole("note", { name: "Failure" }).getByText("CAP_TOKENS").waitFor();
  expect(await page.evaluate("window.notReloaded")).toBe(true);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-6] each part of a run has an address of its own", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/runs`);
  await page.getByRole("table", { name: "Runs" }).getByRole("link", { name: "Mend the checkout" }).click();
  await page.getByRole("navigation", { name: "Parts of the run" }).getByRole("link", { name: "diff" }).click();
  await page.getByRole("region", { name: "Diff" }).getByText("(a, b) => a + b;").waitFor();
  expect(page.url()).toBe(`${server.url}#/runs/${RUN}?show=diff`);
  await page.reload();
  await page.getByRole("region", { name: "Diff" }).getByText("+1", { exact: true }).waitFor();
  await page.goto(`${server.url}#/runs/${RUN}?show=checks`);
  await page.getByRole("table", { name: "Checks" }).getByText("npm test").waitFor();
  await page.goto(`${server.url}#/runs/${RUN}?show=artifacts`);
  await page.getByRole("table", { name: "Artifacts" }).getByText("absent: not asked").waitFor();
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-6] without the operator's token nothing can be answered or stopped, only the command is shown", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/runs/${RUN}`);
  const asked = page.getByRole("article", { name: `Approval ${APPROVAL}` });
  await asked.getByText(`codex-loop approvals grant ${APPROVAL}`).waitFor();
  await page.getByText(`codex-loop run cancel ${RUN}`).waitFor();
  for (const name of ["Approve", "Deny", "Cancel run"])
    expect(await page.getByRole("button", { name, exact: true }).count()).toBe(0);
  const refused = await fetch(`${server.url}api/approvals/${APPROVAL}/grant`, { method: "POST" });
  expect([refused.status, server.acts()]).toEqual([401, []]);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-6] the operator says why and denies, approves, and ends a run", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/?operator=${TOKEN}`);
  await page.goto(`${server.url}#/runs/${RUN}`);
  const asked = page.getByRole("article", { name: `Approval ${APPROVAL}` });
  const deny = asked.getByRole("button", { name: "Deny" });
  await deny.waitFor();
  expect(await deny.isDisabled()).toBe(true);
  await asked.getByLabel("Reason").fill("not without review");
  await deny.click();
  await expect.poll(() => server.acts()).toEqual([`deny ${APPROVAL} not without review`]);
  await asked.getByLabel("Reason").fill("reviewed");
  await asked.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => server.acts()).toContain(`grant ${APPROVAL} reviewed`);
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect.poll(() => server.acts()).toContain(`cancel_run ${RUN}`);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-6] an idea can be held and ended by the operator", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/?operator=${TOKEN}`);
  await page.goto(`${server.url}#/ideas/${IDEA}`);
  await page.getByRole("list", { name: "State" }).getByText("running_tasks").waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect.poll(() => server.acts()).toEqual([`pause ${IDEA}`]);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect.poll(() => server.acts()).toContain(`cancel_idea ${IDEA}`);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-5] what a script did says simulated on every screen", async () => {
  const run = runDetail({ simulated: true, agent: "scripted", approvals: [approval({ simulated: true })] });
  await using server = await startConsole({ runs: [run], approvals: run.approvals });
  const [idea] = server.views.ideas;
  if (idea === undefined) throw new Error("the console has no idea");
  const { attempts, changes } = idea;
  server.views.ideas = [
    {
      ...idea,
      simulated: true,
      attempts: attempts.map((row) => ({ ...row, simulated: true })),
      changes: changes.map((row) => ({ ...row, simulated: true })),
    },
  ];
  await using watched = await openPage(browser);
  const { page } = watched;
  for (const [address, times] of [
    ["#/runs", 2],
    [`#/runs/${RUN}`, 2],
    ["#/ideas", 1],
    [`#/ideas/${IDEA}`, 3],
  ] as const) {
    await page.goto(server.url + address);
    await expect.poll(() => page.getByRole("main").getByText("simulated", { exact: true }).count()).toBe(times);
  }
  expect(await watched.complaints()).toEqual([]);
});
