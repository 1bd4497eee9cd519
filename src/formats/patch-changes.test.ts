import { expect, test } from "vitest";
import { changesOfItem, changesOfList, changesOfPatch } from "./patch-changes.ts";

const PATCH = (body: string): string => `*** Begin Patch\n${body}\n*** End Patch\n`;

test("[TRC-6] a patch tells its files and what happens to each", () => {
  const changes = changesOfPatch(
    PATCH(
      "*** Add File: a.txt\n+one\n*** Delete File: b.txt\n*** Update File: c.txt\n*** Move to: d.txt\n@@\n-old\n+new",
    ),
  );
  expect(changes.map(({ path, kind }) => [path, kind])).toEqual([
    ["a.txt", "add"],
    ["b.txt", "delete"],
    ["d.txt", "move"],
  ]);
  expect(changes[0]?.removed).toBeNull();
  expect(changes[1]).toMatchObject({ removed: null, added: null });
});

test("[TRC-6] a change and its reversal swap their hashes", () => {
  const [there] = changesOfPatch(PATCH("*** Update File: a.js\n@@\n context\n-a - b\n+a + b"));
  const [back] = changesOfPatch(PATCH("*** Update File: a.js\n@@ fn\n-a + b\n+a - b\n other context"));
  expect(there?.added).not.toBeNull();
  expect([back?.removed, back?.added]).toEqual([there?.added, there?.removed]);
});

test("[TRC-6] text, item and older event give one change the same hashes", () => {
  const [text] = changesOfPatch(PATCH("*** Update File: a.js\n@@\n-a - b\n+a + b"));
  const [item] = changesOfItem({
    "a.js": { type: "update", unified_diff: "--- a.js\n+++ a.js\n@@ -1 +1 @@\n-a - b\n+a + b\n", move_path: null },
  });
  expect(item).toEqual(text);
  const [added] = changesOfItem({ "b.txt": { type: "add", content: "x\ny\n" } });
  const [deleted] = changesOfItem({ "b.txt": { type: "delete", content: "x\ny\n" } });
  expect(added).toEqual(changesOfPatch(PATCH("*** Add File: b.txt\n+x\n+y"))[0]);
  expect(deleted?.removed).toBe(added?.added);
});

test("[TRC-6] a patch in a here-document, a list without lines, and nonsense", () => {
  const script = "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.js\n@@\n-x\n+y\n*** End Patch\nEOF\n";
  expect(changesOfPatch(script)).toHaveLength(1);
  expect(changesOfList([{ path: "a", kind: "update" }, { kind: "add" }, 7])).toEqual([
    { path: "a", kind: "update", removed: null, added: null },
  ]);
  expect(changesOfPatch("no patch")).toEqual([]);
  expect(changesOfItem("nonsense")).toEqual([]);
});
