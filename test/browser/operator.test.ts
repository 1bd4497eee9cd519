import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole, TOKEN } from "./canned-console.ts";
import { openBrowser, openPage } from "./watched-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("[JOB-3] the operator's link leaves the address at once and lets the page read again", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/?operator=${TOKEN}`);
  const again = page.getByRole("button", { name: "Read again" });
  await again.waitFor();
  expect(page.url()).toBe(`${server.url}#/`);
  expect(await page.evaluate("document.documentElement.outerHTML")).not.toContain(TOKEN);
  await again.click();
  await page.getByText("1 file read").waitFor();
  expect(server.ingests()).toBe(1);
  await page.reload();
  await again.waitFor();
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-3] the link works in a tab that shows the console already", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(server.url);
  await page.getByRole("main").waitFor();
  await page.evaluate(`location.hash = "#/?operator=${TOKEN}"`);
  await page.getByRole("button", { name: "Read again" }).waitFor();
  expect(page.url()).toBe(`${server.url}#/`);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-3] without the token nothing can be started, and a wrong one is refused and forgotten", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(server.url);
  await page.getByRole("main").waitFor();
  const again = page.getByRole("button", { name: "Read again" });
  expect(await again.count()).toBe(0);
  await page.goto(`${server.url}#/?operator=wrong`);
  await again.click();
  await again.waitFor({ state: "detached" });
  expect(server.ingests()).toBe(0);
  await expect.poll(() => watched.complaints()).toEqual([expect.stringContaining("401")]);
});
