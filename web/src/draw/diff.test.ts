import { expect, test } from "vitest";
import { diffRows, diffSums } from "./diff.ts";

const DIFF = `diff --git a/src/add.mjs b/src/add.mjs
index 111..222 100644
--- a/src/add.mjs
+++ b/src/add.mjs
@@ -1,3 +1,3 @@
 export function add(a, b) {
---- a - b
++++ a + b
 }
\\ No newline at end of file
diff --git a/logo.png b/logo.png
Binary files a/logo.png and b/logo.png differ
`;

test("[JOB-6] a line that looks like a header inside a hunk is a line, with its number", () => {
  expect(diffRows(DIFF)).toEqual([
    { kind: "file", text: "src/add.mjs", before: null, after: null },
    { kind: "hunk", text: "@@ -1,3 +1,3 @@", before: null, after: null },
    { kind: "same", text: "export function add(a, b) {", before: 1, after: 1 },
    { kind: "removed", text: "--- a - b", before: 2, after: null },
    { kind: "added", text: "+++ a + b", before: null, after: 2 },
    { kind: "same", text: "}", before: 3, after: 3 },
    { kind: "note", text: "\\ No newline at end of file", before: null, after: null },
    { kind: "file", text: "logo.png", before: null, after: null },
    { kind: "note", text: "Binary files a/logo.png and b/logo.png differ", before: null, after: null },
  ]);
  expect(diffSums(diffRows(DIFF))).toEqual({ files: 2, added: 1, removed: 1 });
});

test("[JOB-6] text that is no diff is shown as it stands", () => {
  expect(diffRows("hello\n@@ not a hunk @@\n")).toEqual([
    { kind: "note", text: "hello", before: null, after: null },
    { kind: "note", text: "@@ not a hunk @@", before: null, after: null },
  ]);
  expect(diffRows("")).toEqual([]);
});
