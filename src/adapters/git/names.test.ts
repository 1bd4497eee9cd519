import { expect, test } from "vitest";
import { branchRef, commitId } from "./names.ts";

test.each(["main", "codex-loop/idea-1/2", "feature/ünï", "a-b_c.d"])("[RUN-3] %j is a branch", (name) => {
  expect(branchRef(name)).toEqual({ ok: true, value: `refs/heads/${name}` });
});

test.each([
  "",
  "-x",
  "@",
  "HEAD",
  "a b",
  "a..b",
  "a/",
  "/a",
  "a//b",
  ".a",
  "a/.b",
  "a.lock",
  "a.lock/b",
  "a@{1}",
  "a\nb",
  "a^",
  "a:b",
  "a*",
  "a\\b",
  "a.",
])("[RUN-3] %j is no branch", (name) => {
  expect(branchRef(name)).toMatchObject({ ok: false, failure: { code: "usage" } });
});

test("[RUN-3] only a whole commit id is one", () => {
  expect(commitId("a".repeat(40)).ok && commitId("0".repeat(64)).ok).toBe(true);
  for (const text of ["main", "a".repeat(39), "A".repeat(40), `${"a".repeat(40)}\n`, "--all"])
    expect(commitId(text).ok, text).toBe(false);
});
