import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const lineCount = (path: string): number => read(path).trimEnd().split("\n").length;

const GUIDES = [
  "README.md",
  "AGENTS.md",
  "CONTRIBUTING.md",
  "REVIEW.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "LICENSE",
  "docs/loop.md",
];
const DECISIONS = globSync("docs/decisions/*.md", { cwd: root }).toSorted();
const PAGES = [...globSync("{*.md,docs/**/*.md}", { cwd: root })].toSorted();

/** Targets of Markdown links and images that mean a file of ours, without their `#place`. */
function linkedFiles(page: string): readonly string[] {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^(https?:|mailto:|#)/.test(target)).map((target) => target.split("#", 1).join());
}

test.each(GUIDES)("[HSE-6] %s is there and says something", (path) => {
  expect(lineCount(path)).toBeGreaterThan(10);
});

test("[HSE-6] the README leads with the two command lines, which are scripts of ours", () => {
  const commands = [...read("README.md").matchAll(/^npm ci && npm (\w+)$/gm)].map(([, script]) => script);
  expect(commands).toEqual(["start", "test"]);
  expect(JSON.parse(read("package.json"))).toMatchObject({
    scripts: { start: expect.any(String), test: expect.any(String) },
  });
});

test("[HSE-6] guides stay short: AGENTS.md in 150 lines, each decision on a page with its four parts", () => {
  expect(lineCount("AGENTS.md")).toBeLessThanOrEqual(150);
  expect(DECISIONS.length).toBeGreaterThanOrEqual(5);
  for (const [index, path] of DECISIONS.entries()) {
    expect(path).toMatch(new RegExp(`/${String(index + 1).padStart(4, "0")}-[a-z0-9-]+\\.md$`));
    expect(lineCount(path)).toBeLessThanOrEqual(60);
    for (const part of ["Context", "Options", "Decision", "Consequence"]) expect(read(path)).toContain(`**${part}`);
  }
});

test("[HSE-6] every link in a page leads to a file that is there", () => {
  const dead = PAGES.flatMap((page) => {
    const missing = linkedFiles(page).filter((target) => !existsSync(join(root, dirname(page), target)));
    return missing.map((target) => `${page} -> ${target}`);
  });
  expect(dead).toEqual([]);
});

test("[HSE-6] every path of the code that a guide names is there", () => {
  const named = GUIDES.flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|tools|docs|samples|web)\/[\w./-]*)`/g)].map(
      ([, path = ""]) => `${page}: ${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((line) => !existsSync(join(root, line.split(": ")[1] ?? "")))).toEqual([]);
});

test("[HSE-6] the licence is the whole Apache License 2.0", () => {
  expect(read("LICENSE")).toMatch(
    /^\s+Apache License\n\s+Version 2\.0, January 2004[\s\S]+9\. Accepting Warranty[\s\S]+END OF TERMS AND CONDITIONS/,
  );
});
