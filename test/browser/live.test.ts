import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole } from "./canned-console.ts";
import { report, sessionDetail } from "./canned-views.ts";
import { openBrowser, openPage } from "./watched-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("[JOB-1] a session that is read while the list is open waits to be asked for, without a reload", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/sessions`);
  await page.getByText("live", { exact: true }).waitFor();
  await page.evaluate("window.notReloaded = true");
  server.views.sessions = [
    sessionDetail({ id: "01a1f6cc-0000-7000-8000-000000000002", title: "A second session" }),
    ...server.views.sessions,
  ];
  await server.happen("traces.ingested");
  const more = page.getByRole("button", { name: "1 new: show" });
  await more.waitFor();
  expect(await page.getByText("A second session").count()).toBe(0);
  await more.click();
  await page.getByText("A second session").waitFor();
  expect(await page.evaluate("window.notReloaded")).toBe(true);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] the report follows newly computed costs", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(server.url);
  await page.getByText("live", { exact: true }).waitFor();
  await page.getByRole("region", { name: "Mend first" }).getByText("npm test", { exact: true }).waitFor();
  server.views.report = report({
    friction_cost: report().friction_cost.map((row) => ({ ...row, family: "git push" })),
  });
  await server.happen("daily.finished");
  await page.getByRole("region", { name: "Mend first" }).getByText("git push", { exact: true }).waitFor();
  expect(await watched.complaints()).toEqual([]);
});
