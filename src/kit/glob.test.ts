import fc from "fast-check";
import picomatch from "picomatch";
import { expect, test } from "vitest";
import { globProblem, pathTest } from "./glob.ts";

const takes = (globs: readonly string[], path: string): boolean => pathTest(globs)(path);

test.each([
  ["infra/**", "infra/a/b.tf", true],
  ["infra/**", "infra", true],
  ["infra/**", "infrared/a", false],
  ["infra", "infra/a/b.tf", true],
  ["infra/", "infra/a/b.tf", true],
  ["infra", "infra.md", false],
  ["*.md", "README.md", true],
  ["*.md", "docs/README.md", false],
  ["**/*.md", "README.md", true],
  ["**/*.md", "docs/.hidden/README.md", true],
  ["*", "a/b", false],
  ["src/{a,b}/*.ts", "src/b/x.ts", true],
  ["src/[ab].ts", "src/c.ts", false],
  ["@(a|b)", "a", false],
  ["a+b/(x).ts", "a+b/(x).ts", true],
  [".env*", ".env.local", true],
  ["**/.env*", "deep/down/.env", true],
] as const)("%s on %s: %s", (glob, path, taken) => {
  expect(takes([glob], path)).toBe(taken);
});

test("! takes away, in whatever order, and alone takes nothing", () => {
  expect(takes(["!**/*.md", "docs/**"], "docs/a.md")).toBe(false);
  expect(takes(["!**/*.md", "docs/**"], "docs/a.ts")).toBe(true);
  expect(takes(["!docs"], "src/a.ts")).toBe(false);
  expect(takes([], "src/a.ts")).toBe(false);
});

test("[POL-3] a line break or another case in a name does not slip past a protection", () => {
  for (const path of [".codex-loop/a\nb", ".codex-loop/a\u2028/b", ".codex-loop/\r", ".CODEX-loop/policy.yaml"]) {
    expect(pathTest([".codex-loop/**"], { anyCase: true })(path), JSON.stringify(path)).toBe(true);
  }
  expect(takes([".codex-loop/**"], ".CODEX-loop/policy.yaml")).toBe(false);
});

test.each([
  ["", "empty"],
  ["/etc/**", "slash"],
  ["a\\b", "backslash"],
  ["../x", ".."],
  ["**/a/**/a/**/a/**", "three **"],
  ["*a*b*c*d", "three *"],
  ["a".repeat(201), "200"],
])("%s cannot be used", (glob, why) => {
  expect(globProblem(glob)).toContain(why);
  expect(globProblem(`!${glob}`)).toContain(why);
});

test.each(["src/**", "!**/*.md", "**/a/**/b", "Dockerfile*", "a b/ü.ts"])("%s can be used", (glob) => {
  expect(globProblem(glob)).toBeNull();
});

test("sorting paths out by a literal part changes no answer", () => {
  const glob = fc
    .array(fc.constantFrom("a", "bc", "*", "**", "?", "{a,bc}", "[ab]", "x.y", "{a/b,c}", "a*c"), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => `${parts.join("/")}/*`);
  const path = fc
    .array(fc.constantFrom("a", "b", "bc", "x.y", "c", "abc"), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join("/"));
  fc.assert(
    fc.property(glob, path, (one, at) => {
      expect(pathTest([one])(at)).toBe(picomatch(one, { dot: true, noextglob: true, nonegate: true })(at));
    }),
    { numRuns: 2000 },
  );
});
