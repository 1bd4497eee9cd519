import { expect, test } from "vitest";
import { addedText } from "./added-text.ts";

test("[RUN-9] of a diff only what it adds and the names of its files are looked through for secrets", () => {
  const diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-gone\n kept\n+new\n";
  expect(addedText(diff)).toBe("diff --git a/x b/x\n++ b/x\nnew");
});

test("[RUN-9] a NUL hides no secret, beside it or between its letters", () => {
  expect(addedText("+\0key\n+k\0e\0y\0")).toBe("\0key\nk\0e\0y\0\n\nkey\nkey");
});

test("[RUN-9] words with a NUL between them stay apart", () => {
  expect(addedText("+PWD=/a/b\0HOME=/c\0")).toBe("PWD=/a/b\0HOME=/c\0\nPWD=/a/b\nHOME=/c\n");
});
