import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole } from "./canned-console.ts";
import { IDEA, RUN } from "./canned-runs.ts";
import { SEGMENT, SESSION } from "./canned-views.ts";
import { openBrowser, openPage } from "./watched-page.ts";

/** Every screen with the command that prints the same facts. */
const SCREENS = [
  { name: "report", address: "#/", command: "codex-loop report" },
  { name: "sessions", address: "#/sessions?outcome=completed", command: "codex-loop sessions list" },
  { name: "session", address: `#/sessions/${SESSION}?seq=190`, command: `codex-loop sessions show ${SESSION}` },
  {
    name: "signals",
    address: "#/signals?category=exec_failure",
    command: "codex-loop signals --category exec_failure",
  },
  { name: "usage", address: "#/usage?by=model", command: "codex-loop usage --by model" },
  { name: "ideas", address: "#/ideas", command: "codex-loop idea list" },
  { name: "idea", address: `#/ideas/${IDEA}`, command: `codex-loop idea show ${IDEA}` },
  { name: "runs", address: "#/runs?state=running", command: "codex-loop run list" },
  { name: "run", address: `#/runs/${RUN}`, command: `codex-loop run show ${RUN}` },
  { name: "diff", address: `#/runs/${RUN}?show=diff`, command: `codex-loop run show ${RUN}` },
  { name: "search", address: "#/search?text=npm%20test", command: "codex-loop search 'npm test'" },
] as const;

const FOUND = [
  {
    session_id: SESSION,
    turn_id: null,
    segment: SEGMENT,
    line: 190,
    excerpt: "npm test",
    score: 1,
    source: "command" as const,
    sample: false,
  },
];

/** Where the pictures are left for people to look at. */
const PICTURES = join(tmpdir(), "codex-loop-screens");

let browser: Browser;
beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser.close());

for (const { name, address, command } of SCREENS) {
  test(`[JOB-1] the ${name} screen says sample data, shows its command and stands in light and dark`, async () => {
    await using server = await startConsole({ search: FOUND });
    const grounds = new Set<string>();
    for (const colorScheme of ["light", "dark"] as const) {
      await using watched = await openPage(browser, { colorScheme });
      const { page } = watched;
      await page.goto(server.url + address);
      await page.getByRole("note", { name: "sample data" }).waitFor();
      await page.getByRole("main").getByText(command, { exact: true }).waitFor();
      await page.getByText("Reading…").waitFor({ state: "detached" });
      grounds.add(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
      expect(await watched.complaints()).toEqual([]);
    }
    expect(grounds.size).toBe(2);
  });
}

test("[JOB-1] filters live in the address: a reload and a copied link show the same", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/sessions`);
  await page.getByRole("row", { name: /checkout tests/ }).waitFor();
  await page.getByRole("searchbox", { name: "Filter sessions" }).fill("nothing like it");
  await page.getByText("No session passes this filter.").waitFor();
  await page.reload();
  await page.getByText("No session passes this filter.").waitFor();
  expect(await page.getByRole("searchbox", { name: "Filter sessions" }).inputValue()).toBe("nothing like it");
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-1] a refused read is shown in its three lines", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  await watched.page.goto(`${server.url}#/sessions/nobody`);
  const alert = watched.page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.getByRole("paragraph").allTextContents()).toEqual([
    "There is no such session.",
    "No recording of that thread was read into this store.",
    "Do this: codex-loop sessions list",
  ]);
  // The browser itself notes a refused read, once for every time the page asks.
  await expect.poll(() => watched.complaints()).toContainEqual(expect.stringContaining("404"));
  expect((await watched.complaints()).filter((complaint) => !complaint.includes("404"))).toEqual([]);
});

test("[JOB-1] the page works below any path, as behind a proxy", async () => {
  await using server = await startConsole();
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.route(`${server.url}below/**`, async (route) => {
    const url = route.request().url().replace("/below/", "/");
    // An event stream never ends, so it cannot be handed on whole.
    if (url.endsWith("/live"))
      return route.fulfill({ contentType: "text/event-stream", body: "event: hello\ndata: {}\n\n" });
    return route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto(`${server.url}below/`);
  await page
    .getByRole("region", { name: "Mend first" })
    .getByRole("link", { name: /line 190/ })
    .click();
  await page.getByRole("region", { name: "Timeline" }).waitFor();
  expect(page.url()).toBe(`${server.url}below/#/sessions/${SESSION}?seq=190`);
  expect(await watched.complaints()).toEqual([]);
});
