import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole } from "./canned-console.ts";
import { report, SESSION } from "./canned-views.ts";
import { openBrowser, openPage } from "./watched-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test("[JOB-1] the report leads to a session, and a signal there to the line it stands on", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(server.url);
  const mendFirst = page.getByRole("region", { name: "Mend first" });
  await mendFirst.getByText("exec_failure", { exact: true }).waitFor();
  await mendFirst.getByRole("link", { name: /line 190/ }).click();

  const selected = page.locator("li [aria-current=true]");
  await selected.waitFor();
  expect(await selected.textContent()).toContain("npm exited with 1");
  expect(await isInWindow(selected)).toBe(true);

  const signals = page.getByRole("complementary", { name: "Signals" });
  await signals.getByRole("link", { name: /fast_completion/ }).click();
  await page.waitForURL(/seq=0/);
  await signals.getByRole("link", { name: /exec_failure/ }).click();
  await page.waitForURL(new RegExp(`#/sessions/${SESSION}\\?seq=190$`));
  await selected.filter({ hasText: "npm exited with 1" }).waitFor();
  expect(await isInWindow(selected)).toBe(true);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] an address with a line opens there, and the details of a call open on demand", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/sessions/${SESSION}?seq=190`);
  const selected = page.locator("li [aria-current=true]");
  await selected.waitFor();
  expect(await isInWindow(selected)).toBe(true);
  expect(await page.getByText("Error: no test specified").count()).toBe(0);
  await selected.getByRole("button", { name: /npm test/ }).click();
  await page.getByText("Error: no test specified").waitFor();
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] j walks to the next friction and k back, and ? shows the keys", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/sessions/${SESSION}`);
  await page.getByRole("region", { name: "Timeline" }).waitFor();
  await page.keyboard.press("j");
  await page.waitForURL(/seq=190/);
  await page.locator("li [aria-current=true]", { hasText: "npm exited with 1" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] a long session keeps only the lines near the window in the page", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  await watched.page.goto(`${server.url}#/sessions/${SESSION}`);
  const lines = watched.page.getByRole("region", { name: "Timeline" }).getByRole("listitem");
  await lines.first().waitFor();
  expect(await lines.first().getAttribute("aria-setsize")).toBe("197");
  expect(await lines.count()).toBeLessThan(80);
});

test("[JOB-1] too few observations are said to be too few, and an unknown price is unknown", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  await watched.page.goto(server.url);
  const all = watched.page.getByRole("region", { name: "All friction" });
  await all.getByText("insufficient data, n 1 of 20").waitFor();
  expect(await all.getByRole("definition").filter({ hasText: "unknown" }).count()).toBe(1);
  expect(await all.getByText("39 % n 89").isVisible()).toBe(true);
});

test("[JOB-1] without sessions the report gives the next command", async () => {
  await using server = await startConsole({
    sample: false,
    sessions: [],
    report: report({ sessions: 0, sample_data: false }),
  });
  await using watched = await openPage(browser);
  await watched.page.goto(server.url);
  await watched.page.getByText("codex-loop ingest", { exact: true }).waitFor();
  expect(await watched.page.getByText("sample data").count()).toBe(0);
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] the report reads well to a screen reader", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  await watched.page.goto(server.url);
  await watched.page.getByRole("region", { name: "Mend first" }).waitFor();
  expect(await watched.page.getByRole("main").ariaSnapshot()).toMatchInlineSnapshot(`
    "- main:
      - heading "Report" [level=1]
      - paragraph:
        - link "1 session":
          - /url: /#/sessions
        - text: 2026-11-20 02:33 to 02:35 UTC
        - link "13 k tokens (measured)":
          - /url: /#/usage
      - code: codex-loop report
      - 'button "Copy: codex-loop report"': copy
      - region "Mend first":
        - heading "Mend first" [level=2]
        - paragraph:
          - link "exec_failure":
            - /url: /#/signals?category=exec_failure
          - text: in
          - code: npm test
        - paragraph: A command ran and exited with something other than 0, whatever the reason, unless the sandbox was it.
        - term: tokens measured
        - definition: 4,200
        - term: time
        - definition: 1.5 min
        - term: money
        - definition: unknown
        - term: times
        - definition:
          - link "1":
            - /url: /#/signals?category=exec_failure
        - term: session
        - definition: "1"
        - term: recovered
        - definition: 0 of 1
        - link "…00000001 line 190 npm exited with 1":
          - /url: /#/sessions/01a1f6cc-0000-7000-8000-000000000001?seq=190
      - region "All friction":
        - heading "All friction" [level=2]
        - paragraph: 33 % of all tokens
        - term: tokens
        - definition: 4,200
        - term: time
        - definition: 1.5 min
        - term: money
        - definition: unknown
        - term:
          - link "sessions that hit friction":
            - /url: /#/sessions?with=friction
        - definition: insufficient data, n 1 of 20
        - term:
          - link "calls that failed":
            - /url: /#/signals?type=friction
        - definition: 39 % n 89
        - term: signals
        - definition:
          - link "1 friction":
            - /url: /#/signals?type=friction
          - text: ","
          - link "1 delight":
            - /url: /#/signals?type=delight
      - region "What friction cost":
        - heading "What friction cost" [level=2]
        - paragraph: from each failure to its recovery, measured; every model response is charged once
        - table "What friction cost":
          - rowgroup:
            - row "what where tokens time money times sessions recovered evidence":
              - columnheader "what"
              - columnheader "where"
              - columnheader "tokens"
              - columnheader "time"
              - columnheader "money"
              - columnheader "times"
              - columnheader "sessions"
              - columnheader "recovered"
              - columnheader "evidence"
          - rowgroup:
            - row "exec_failure (friction) npm test 4,200 1.5 min unknown 1 1 0 of 1 line 190":
              - cell "exec_failure (friction)":
                - link "exec_failure (friction)":
                  - /url: /#/signals?category=exec_failure
              - cell "npm test"
              - cell "4,200"
              - cell "1.5 min"
              - cell "unknown"
              - cell "1"
              - cell "1"
              - cell "0 of 1"
              - cell "line 190":
                - link "line 190":
                  - /url: /#/sessions/01a1f6cc-0000-7000-8000-000000000001?seq=190
          - rowgroup:
            - row "total 33 % of all tokens 4,200 1.5 min unknown":
              - rowheader "total"
              - cell "33 % of all tokens"
              - cell "4,200"
              - cell "1.5 min"
              - cell "unknown"
      - region "Friction":
        - heading "Friction" [level=2]
        - paragraph: 1 signal
        - table "Friction by category":
          - rowgroup:
            - row "signal count sessions severity":
              - columnheader "signal"
              - columnheader "count"
              - columnheader "sessions"
              - columnheader "severity"
          - rowgroup:
            - row "exec_failure (friction) 1 1 0.6":
              - cell "exec_failure (friction)":
                - link "exec_failure (friction)":
                  - /url: /#/signals?category=exec_failure
              - cell "1"
              - cell "1"
              - cell "0.6"
      - region "Delight":
        - heading "Delight" [level=2]
        - paragraph: 1 signal
        - table "Delight by category":
          - rowgroup:
            - row "signal count sessions severity":
              - columnheader "signal"
              - columnheader "count"
              - columnheader "sessions"
              - columnheader "severity"
          - rowgroup:
            - row "fast_completion (delight) 1 1 0.8":
              - cell "fast_completion (delight)":
                - link "fast_completion (delight)":
                  - /url: /#/signals?category=fast_completion
              - cell "1"
              - cell "1"
              - cell "0.8""
  `);
});

interface Placed {
  boundingBox(): Promise<{ readonly y: number; readonly height: number } | null>;
}

async function isInWindow(element: Placed): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y >= 48 && box.y + box.height <= 860;
}
