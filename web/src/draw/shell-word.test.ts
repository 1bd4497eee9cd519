import { expect, test } from "vitest";
import { shellWord } from "./shell-word.ts";

test("[JOB-3] a word is what a shell takes it for, and nothing more", () => {
  expect(shellWord("01a1f6cd-dbca")).toBe("01a1f6cd-dbca");
  expect(shellWord("npm test")).toBe("'npm test'");
  expect(shellWord("it's $(id)")).toBe("'it'\\''s $(id)'");
  expect(shellWord("")).toBe("''");
});
