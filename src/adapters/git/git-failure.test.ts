import { expect, test } from "vitest";
import { fileWorkFailed, gitFailed } from "./git-failure.ts";

const said = (text: string): { code: number; stdout: Buffer; said: string } => ({
  code: 128,
  stdout: Buffer.alloc(0),
  said: text,
});

test("[RUN-3] a full disk is waited for, also where our own file work meets it", () => {
  const expected = {
    ok: false,
    failure: { code: "try_later", retry: "later", cause: expect.stringMatching(/no space left/i) },
  };
  expect(gitFailed("x", said("fatal: write error: No space left on device"))).toMatchObject(expected);
  expect(fileWorkFailed("x", new Error("ENOSPC: no space left on device, write"))).toMatchObject(expected);
});

test("[RUN-3] a missing permission names itself and its fix", () => {
  const expected = { ok: false, failure: { code: "failed", hint: expect.stringContaining("let this account") } };
  expect(gitFailed("x", said("error: could not lock config file: Permission denied"))).toMatchObject(expected);
  expect(fileWorkFailed("x", new Error("EACCES: permission denied, mkdir '/x'"))).toMatchObject(expected);
});

test("[RUN-3] git that is not installed, and git that says nothing", () => {
  expect(gitFailed("x", { ...said("spawn git ENOENT"), code: null }).failure.hint).toContain("install git");
  expect(gitFailed("x", said("")).failure.cause).toBe("Git ended with 128.");
});
