import { expect, test } from "vitest";
import { benchOptions } from "./bench-options.ts";

test("[SPD-1] benches take on the sizes that limits are set for, or as much as they are told", () => {
  expect(benchOptions([])).toEqual({ megabytes: 1_000, files: 20_000, jobs: 5_000, rounds: 3 });
  expect(benchOptions(["--megabytes", "200", "--rounds", "1"])).toMatchObject({ megabytes: 200, rounds: 1 });
});

test.each([
  ["--megabytes", "lots"],
  ["--jobs", "0"],
  ["--rounds", "1.5"],
  ["--gigabytes", "1"],
])("[SPD-1] %s %s is refused", (name, value) => {
  expect(() => benchOptions([name, value])).toThrow(name);
});
