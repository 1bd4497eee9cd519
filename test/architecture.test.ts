import { join } from "node:path";
import { expect, test } from "vitest";
import { ARCHITECTURE_RULES, architectureViolations, explained } from "../tools/lint/architecture.ts";
import { readSourceTree } from "../tools/lint/source-tree.ts";

const root = join(import.meta.dirname, "..");
const ruleOf = (violation: string): string | undefined => violation.split(":")[0];

test("[HSE-2] the house stands: floors, rooms, drivers, adapters, web, no circles", () => {
  const violations = architectureViolations(readSourceTree(root, ["src", "web"]));
  expect(violations, explained(violations)).toEqual([]);
});

test("[HSE-2] each rule fires on the fixture that breaks it, and on nothing else there", () => {
  const violations = architectureViolations(readSourceTree(join(root, "test/fixtures/architecture"), ["src", "web"]));
  expect(violations).toEqual([
    "adapters: src/adapters/git/other-adapter.ts -> src/adapters/sqlite/open.ts",
    "adapters: src/cli/picks-adapter.ts -> src/adapters/sqlite/open.ts",
    "circle: src/loop/intake/up-to-loop.ts -> src/loop/loop.ts -> src/loop/intake/up-to-loop.ts",
    "circle: src/model/circle-a.ts -> src/model/circle-b.ts -> src/model/circle-a.ts",
    "computed: src/runner/computed.ts",
    "driver: src/server/driver.ts -> playwright-core",
    "driver: src/store/driver.ts -> pg",
    "floor: src/kit/up.ts -> src/model/word.ts",
    "floor: src/loop/intake/up-to-loop.ts -> src/loop/loop.ts",
    "floor: src/loop/learn/signals/other-stage.ts -> src/loop/learn/ingest/ingest.ts",
    "floor: src/loop/plan/other-stage.ts -> src/loop/intake/intake.ts",
    "floor: src/policy/same-floor.ts -> src/math/mean.ts",
    "floor: src/server/to-world.ts -> src/world/store.ts",
    "floor: src/upkeep/housekeeping/other-half.ts -> src/upkeep/improvement/score.ts",
    "room: src/helpers/nowhere.ts",
    "shapes: src/views/shapes/heavy.ts -> src/store/row.ts",
    "src: src/runner/outside.ts -> tools/anything.ts",
    "web: web/src/takes-kit.ts -> src/kit/one.ts",
    "web: web/src/takes-value.ts -> src/model/word.ts",
  ]);
  expect(new Set(violations.map(ruleOf))).toEqual(new Set(Object.keys(ARCHITECTURE_RULES)));
});
