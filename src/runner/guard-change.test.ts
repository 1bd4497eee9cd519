import { expect, test } from "vitest";
import { guardChange } from "./guard-change.ts";

const FREE = { allowedPaths: [], protectedPaths: [] };

function guard(
  path: string,
  {
    order = FREE,
    diff = "",
  }: {
    readonly order?: typeof FREE | Record<"allowedPaths" | "protectedPaths", string[]>;
    readonly diff?: string;
  } = {},
): string | null {
  const secretKinds = (text: string): readonly string[] => (text.includes("hunter2") ? ["password"] : []);
  return guardChange({ files: [{ path, added: 1, removed: 0 }], diff }, { order, secretKinds })?.failure?.code ?? null;
}

test("[POL-3] the files that speak for the repository are protected, in whatever letters, and no glob frees them", () => {
  for (const path of [".codex-loop/policy.yaml", ".codex-loop/a/b", ".Codex-Loop/profile.yaml", ".codex-loop"])
    expect(guard(path)).toBe("PROTECTED_PATHS_VIOLATION");
  const order = { allowedPaths: [], protectedPaths: ["!.codex-loop/**"] };
  expect(guard(".codex-loop/policy.yaml", { order })).toBe("PROTECTED_PATHS_VIOLATION");
  expect(guard("src/.codex-loop-notes")).toBeNull();
});

test("[POL-1] what the order protects, and what it does not allow", () => {
  const order = { allowedPaths: ["src/**"], protectedPaths: ["src/secret/**"] };
  expect(guard("src/a.ts", { order })).toBeNull();
  expect(guard("src/secret/a.ts", { order })).toBe("PROTECTED_PATHS_VIOLATION");
  expect(guard("docs/a.md", { order })).toBe("ALLOWED_PATHS_VIOLATION");
  expect(guard("src\n/../docs/a.md", { order })).toBe("ALLOWED_PATHS_VIOLATION");
});

test("[RUN-9] a secret that the change adds is refused, in a line as in a file's name; one that it removes is not", () => {
  expect(guard("a", { diff: "+password: hunter2" })).toBe("SECRET_PATTERN_DETECTED");
  expect(guard("a", { diff: "diff --git a/hunter2 b/hunter2" })).toBe("SECRET_PATTERN_DETECTED");
  expect(guard("a", { diff: "+\0hunter2" })).toBe("SECRET_PATTERN_DETECTED");
  expect(guard("a", { diff: "-password: hunter2\n context hunter2" })).toBeNull();
});

test("[RUN-9] a change that is too much to look through is refused", () => {
  expect(guard("a", { diff: `+${"x".repeat(32 * 1024 * 1024 + 1)}` })).toBe("CAP_OUTPUT");
  expect(guard("a", { diff: `-${"x".repeat(32 * 1024 * 1024 + 1)}` })).toBeNull();
});
