import { expect, test } from "vitest";
import { knownFacts } from "../../../test/fakes/policy-facts.ts";
import { readFreezeWindow, type FreezeWindow } from "../../model/freeze-window.ts";
import { instantOf } from "../../model/time.ts";
import { compileFreeze } from "./freeze.ts";

function windowOf(text: string): FreezeWindow {
  const window = readFreezeWindow(text);
  if ("problem" in window) throw new Error(window.problem);
  return window;
}

/** The verdict at a moment. */
function at(text: string, moment: string): string {
  return compileFreeze([windowOf(text)])({ facts: knownFacts({ at: instantOf(Date.parse(moment)) }), staleMs: 1 })
    .verdict;
}

test.each([
  ["Fri 17:00 - Mon 08:00 America/Phoenix", "2026-11-20T23:59:00Z", "pass"],
  ["Fri 17:00 - Mon 08:00 America/Phoenix", "2026-11-21T00:00:00Z", "deny"],
  ["Fri 17:00 - Mon 08:00 America/Phoenix", "2026-11-23T14:59:59Z", "deny"],
  ["Fri 17:00 - Mon 08:00 America/Phoenix", "2026-11-23T15:00:00Z", "pass"],
  ["Tue 00:00 - Wed 24:00 UTC", "2026-11-18T23:59:00Z", "deny"],
  ["Tue 00:00 - Wed 24:00 UTC", "2026-11-19T00:00:00Z", "pass"],
  ["Sat 00:00 - Sun 24:00 UTC", "2026-11-22T23:59:00Z", "deny"],
  ["Sat 00:00 - Sun 24:00 UTC", "2026-11-23T00:00:00Z", "pass"],
  ["22:00 - 06:00 UTC", "2026-11-20T23:00:00Z", "deny"],
  ["22:00 - 06:00 UTC", "2026-11-20T05:59:00Z", "deny"],
  ["22:00 - 06:00 UTC", "2026-11-20T06:00:00Z", "pass"],
  ["08:00 - 24:00 UTC", "2026-11-20T23:59:00Z", "deny"],
  ["08:00 - 24:00 UTC", "2026-11-20T07:59:00Z", "pass"],
  ["2026-12-20 00:00 - 2027-01-02 00:00 Europe/Berlin", "2026-12-19T22:59:00Z", "pass"],
  ["2026-12-20 00:00 - 2027-01-02 00:00 Europe/Berlin", "2026-12-19T23:00:00Z", "deny"],
  ["2026-12-20 00:00 - 2027-01-02 00:00 Europe/Berlin", "2027-01-01T23:00:00Z", "pass"],
  // Summer time: 02:30 of that night happens at 00:30Z, and 03:00 at 01:00Z.
  ["03:00 - 04:00 Europe/Berlin", "2026-03-29T00:59:00Z", "pass"],
  ["03:00 - 04:00 Europe/Berlin", "2026-03-29T01:00:00Z", "deny"],
] as const)("[POL-1] %s at %s: %s", (text, moment, verdict) => {
  expect(at(text, moment)).toBe(verdict);
});
