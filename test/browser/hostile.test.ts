import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startConsole } from "./canned-console.ts";
import { approval, DIFF, IDEA, ideaDetail, LOG, RUN, runDetail } from "./canned-runs.ts";
import { call, report, sessionDetail, SEGMENT, SESSION, signal } from "./canned-views.ts";
import { openBrowser, openPage } from "./watched-page.ts";

const SCRIPT = `<script>alert("script")</script>`;
const IMAGE = `<img src=x onerror="alert('image')">`;
const LINK = `<a href="javascript:alert('link')">click</a>`;
const LONG = "unbroken".repeat(400);
const TURNED = "invoice\u202Egpj.exe";
const COLOURED = "\u001B[31mred\u001B[0m \u001B]0;title\u0007done\u0008\u0000";

const HOSTILE = `${SCRIPT} ${IMAGE} ${LINK} ${TURNED} ${COLOURED} ${LONG}`;

const failed = call({
  input: HOSTILE,
  family: HOSTILE,
  tool: HOSTILE,
  excerpt: HOSTILE,
  outcome: "failed",
  exit_code: 1,
  line: 7,
});
const hostileSession = sessionDetail({
  title: HOSTILE,
  cwd: `/home/${HOSTILE}`,
  model: HOSTILE,
  git: { commit: null, branch: HOSTILE, url: LINK },
  signals: [signal({ description: HOSTILE, seq: 7, evidence: { segment: SEGMENT, line: 7, offset: 0 } })],
  segments: [{ name: SEGMENT, path: `/home/${HOSTILE}.jsonl`, lines: 400 }],
  timeline: [
    {
      kind: "turn",
      seq: 3,
      at: null,
      turn: {
        ...sessionDetail().turns[0],
        id: "turn_1",
        outcome: "failed",
        error: HOSTILE,
        kind: "task",
        reverted: false,
        model: HOSTILE,
        started_at: null,
        ended_at: null,
        duration_ms: null,
        line: 3,
      },
    },
    { kind: "message", seq: 5, at: null, role: "user", text: HOSTILE, turn_id: null },
    { kind: "call", seq: 7, at: null, call: failed },
    { kind: "mark", seq: 9, at: null, mark: HOSTILE, detail: HOSTILE, count: null },
  ],
});

const cost = report().friction_cost.map((row) => ({
  ...row,
  family: HOSTILE,
  evidence: row.evidence.map((item) => ({ ...item, excerpt: HOSTILE })),
}));
const hostileApproval = approval({ subject: HOSTILE, reason: HOSTILE, rule: HOSTILE, title: HOSTILE });
const views = {
  sessions: [hostileSession],
  report: report({ friction_cost: cost }),
  search: [
    {
      session_id: SESSION,
      turn_id: null,
      segment: SEGMENT,
      line: 7,
      excerpt: HOSTILE,
      score: 1,
      source: "message" as const,
      sample: false,
    },
  ],
  ideas: [
    ideaDetail({
      title: HOSTILE,
      spec: HOSTILE,
      detail: HOSTILE,
      reason: "operator",
      repository: `/home/${HOSTILE}`,
      approvals: [hostileApproval],
      tasks: ideaDetail().tasks.map((task) => ({ ...task, title: HOSTILE, detail: HOSTILE })),
      changes: ideaDetail().changes.map((change) => ({ ...change, branch: HOSTILE })),
    }),
  ],
  runs: [
    runDetail({
      title: HOSTILE,
      repository: `/home/${HOSTILE}`,
      model: HOSTILE,
      branch: HOSTILE,
      failure_code: "AGENT_FAILED",
      failure_detail: HOSTILE,
      approvals: [hostileApproval, approval({ id: "decided", state: "denied", decided_reason: HOSTILE })],
      checks: runDetail().checks.map((check) => ({ ...check, name: HOSTILE, command: HOSTILE })),
      artifacts: runDetail().artifacts.map((artifact) => ({ ...artifact, path: `/home/${HOSTILE}` })),
    }),
  ],
  approvals: [hostileApproval],
  runLog: {
    ...LOG,
    lines: [
      ...LOG.lines.map((line) => ({ ...line, facts: { ...line.facts, text: HOSTILE, input: HOSTILE } })),
      { number: 400, at: null, event: HOSTILE, facts: { [HOSTILE]: HOSTILE } },
    ],
  },
  runDiff: {
    ...DIFF,
    diff: `diff --git a/${HOSTILE} b/${HOSTILE}\n@@ -1,1 +1,2 @@ ${HOSTILE}\n-${HOSTILE}\n+${HOSTILE}\n+x\n`,
  },
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const SCREENS = [
  "#/",
  "#/sessions",
  `#/sessions/${SESSION}?seq=7`,
  "#/signals",
  "#/usage",
  "#/search?text=unbroken",
  "#/ideas",
  `#/ideas/${IDEA}`,
  "#/runs",
  `#/runs/${RUN}`,
  `#/runs/${RUN}?show=diff`,
  `#/runs/${RUN}?show=checks`,
  `#/runs/${RUN}?show=artifacts`,
];

for (const address of SCREENS) {
  test(`[JOB-3] hostile text of a recording is only text on ${address}`, async () => {
    await using server = await startConsole(views);
    await using watched = await openPage(browser);
    const { page } = watched;
    await page.goto(server.url + address);
    await page.getByRole("main").waitFor();
    await page.getByText("Reading…").waitFor({ state: "detached" });
    expect(await page.locator("#console script, #console img, #console a[href^='javascript']").count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(
      await page.evaluate(`/[\\u0000\\u0008\\u001b\\u202e]/.test(document.getElementById("console").textContent)`),
    ).toBe(false);
    expect(await watched.complaints()).toEqual([]);
  });
}

test("[JOB-3] title, message, path and output are shown as they were written, with hidden characters made visible", async () => {
  await using server = await startConsole(views);
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/sessions/${SESSION}?seq=7`);
  await page.locator("li [aria-current=true]").getByRole("button").click();
  const shown = [
    page.getByRole("heading", { level: 1 }),
    page.getByRole("listitem").filter({ hasText: "person" }),
    page.getByText("output, excerpt").locator(".."),
    page.getByRole("complementary", { name: "Signals" }).getByText(".jsonl"),
  ];
  for (const place of shown) {
    const text = (await place.textContent()) ?? "";
    expect(text).toContain(SCRIPT);
    expect(text).toContain(IMAGE);
    expect(text).toContain("invoice⟨U+202E⟩gpj.exe");
    expect(text).toContain("red done␈␀");
  }
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-3] what an agent wrote into a question and a diff is shown sign by sign", async () => {
  await using server = await startConsole(views);
  await using watched = await openPage(browser);
  const { page } = watched;
  await page.goto(`${server.url}#/runs/${RUN}?show=diff`);
  const added = page.getByRole("region", { name: "Diff" }).getByRole("listitem").filter({ hasText: "added" }).first();
  await added.waitFor();
  const asked = page.getByRole("article", { name: `Approval ${hostileApproval.id}` });
  for (const place of [added, asked]) {
    const text = (await place.textContent()) ?? "";
    expect(text).toContain(SCRIPT);
    expect(text).toContain("invoice⟨U+202E⟩gpj.exe");
  }
  expect(await watched.complaints()).toEqual([]);
});

test("[JOB-3] a command offered for copying quotes what the address or a recording says", async () => {
  await using server = await startConsole(views);
  await using watched = await openPage(browser);
  const asked = "x'; rm -rf ~ #";
  await watched.page.goto(`${server.url}#/search?${new URLSearchParams({ text: asked }).toString()}`);
  await watched.page.getByText(`codex-loop search 'x'\\''; rm -rf ~ #'`, { exact: true }).waitFor();
  expect(await watched.complaints()).toEqual([]);
});
