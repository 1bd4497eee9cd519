import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Limit, type Row, verdictOf } from "./figure.ts";
import { type Measurement, measurementText, pageWith } from "./performance-page.ts";

const ROWS: readonly Row[] = [
  {
    what: "`usage` of 1000 MB",
    unit: "CPU s",
    ours: 0.8754,
    beside: { name: "ccusage", value: 1.25 },
    limit: { is: "at most", value: 1.25 },
  },
  {
    what: "ingest",
    unit: "MB per CPU s",
    ours: 75,
    beside: { name: "parsing", value: 300 },
    limit: { is: "at least", value: 150 },
  },
  { what: "jobs on SQLite", unit: "jobs/s", ours: 4_321, beside: { name: "bare", value: 8_642 }, limit: null },
  { what: "jobs on Postgres", why: "TEST_DATABASE_URL names no server" },
];

const MEASUREMENT: Measurement = {
  rows: ROWS,
  machine: {
    day: "2026-11-21",
    cores: 2,
    processor: "Some Processor",
    memoryGigabytes: 24,
    system: "linux",
    node: "24.21.0",
  },
  load: { before: 0.42, after: 1.06 },
};

const TEXT = `Measured on 2026-11-21, Node 24.21.0, 2 cores of Some Processor, 24 GB, linux.
Load average 0.4 before, 1.1 after.

| measured | ours | beside it | ours is | limit | verdict |
| --- | ---: | --- | ---: | ---: | --- |
| \`usage\` of 1000 MB | 0.875 CPU s | ccusage: 1.25 CPU s | 0.70 × | ≤ 1.25 CPU s | met |
| ingest | 75.0 MB per CPU s | parsing: 300 MB per CPU s | 0.25 × | ≥ 150 MB per CPU s | **not met** |
| jobs on SQLite | 4,321 jobs/s | bare: 8,642 jobs/s | 0.50 × | – | no limit |
| jobs on Postgres | – | TEST_DATABASE_URL names no server | – | – | not measured |`;

test("[SPD-1] figures stand beside their peer with ratio, limit and verdict, place and load above them", () => {
  expect(measurementText(MEASUREMENT)).toBe(TEXT);
});

test.each<[ours: number, limit: Limit | null, verdict: string]>([
  [0.3, { is: "at most", value: 0.3 }, "met"],
  [0.31, { is: "at most", value: 0.3 }, "not met"],
  [150, { is: "at least", value: 150 }, "met"],
  [149, { is: "at least", value: 150 }, "not met"],
  [Number.NaN, { is: "at most", value: 0.3 }, "not met"],
  [1, null, "no limit"],
])("[SPD-1] %d with limit %o is %s", (ours, limit, verdict) => {
  expect(verdictOf({ what: "", unit: "CPU s", ours, beside: { name: "", value: 1 }, limit })).toBe(verdict);
});

const START = "<!-- figures: written by `npm run bench` -->";
const END = "<!-- end of figures -->";

test("[SPD-1] new figures take the place of old ones and leave the rest of the page alone", () => {
  const page = `# Title\n\n${START}\nold\n${END}\n\nMore.\n`;
  const written = pageWith(page, MEASUREMENT);
  expect(written).toBe(`# Title\n\n${START}\n${TEXT}\n${END}\n\nMore.\n`);
  expect(pageWith(written, MEASUREMENT)).toBe(written);
});

test.each(["", START, `${END}\n${START}`])("[SPD-1] a page without a place for figures is refused: %o", (page) => {
  expect(() => pageWith(page, MEASUREMENT)).toThrow("The page needs");
});

test("[SPD-1] the page we publish has a place for figures and names every bench", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operate/performance.md"), "utf8");
  expect(pageWith(page, MEASUREMENT)).toContain(TEXT);
  for (const bench of ["usage", "ingest", "unchanged", "start-up", "jobs"])
    expect(page).toContain(`tools/bench/${bench}.ts`);
});
