import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findRecordings, takeRecording } from "./find-recordings.ts";

function aHome(): { readonly root: string; readonly home: string; readonly day: string } {
  const root = mkdtempSync(join(tmpdir(), "find-recordings-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const home = join(root, "home");
  const day = join(home, "codex/sessions/2026/11/21");
  mkdirSync(day, { recursive: true });
  return { root, home, day };
}

test("[RUN-9] the attempt's own recording comes first, then those of its sub-agents of any day", async () => {
  const { home, day } = aHome();
  const next = join(home, "codex/sessions/2026/11/22");
  mkdirSync(next);
  const own = join(day, "rollout-own.jsonl");
  for (const path of [join(day, "rollout-a.jsonl"), own, join(next, "rollout-b.jsonl"), join(day, "notes.txt")])
    writeFileSync(path, "{}");
  const found = await findRecordings(own, home);
  expect(found[0]).toBe(own);
  expect(found.slice(1).toSorted()).toEqual([join(day, "rollout-a.jsonl"), join(next, "rollout-b.jsonl")]);
});

test("[RUN-4] a link that an agent left is not followed, neither file nor folder", async () => {
  const { root, home, day } = aHome();
  writeFileSync(join(root, "secret"), "secret");
  mkdirSync(join(root, "elsewhere"));
  writeFileSync(join(root, "elsewhere/rollout-x.jsonl"), "secret");
  const link = join(day, "rollout-link.jsonl");
  symlinkSync(join(root, "secret"), link);
  symlinkSync(join(root, "elsewhere"), join(day, "more"));
  expect(await findRecordings(link, home)).toEqual([]);
  expect(await takeRecording(link, { home, folder: root, room: 1_000 })).toBeNull();
  expect(await takeRecording(join(day, "more/rollout-x.jsonl"), { home, folder: root, room: 1_000 })).toBeNull();
  const second = join(day, "rollout-second.jsonl");
  linkSync(join(root, "secret"), second);
  expect(await takeRecording(second, { home, folder: root, room: 1_000 })).toBeNull();
  symlinkSync(join(root, "elsewhere"), join(home, "sessions"));
  expect(await findRecordings(join(home, "sessions", "rollout-x.jsonl"), home)).toEqual([]);
  expect(await findRecordings(join(root, "elsewhere/rollout-x.jsonl"), home)).toEqual([]);
});

test("[RUN-9] a recording is copied before it is handed over", async () => {
  const { root, home, day } = aHome();
  const wish = { home, folder: root, room: 3 };
  const own = join(day, "rollout-own.jsonl");
  writeFileSync(own, "{}\n");
  const copy = await takeRecording(own, wish);
  expect(copy).toEqual({ path: join(root, "rollout-own.jsonl"), bytes: 3 });
  expect(readFileSync(copy?.path ?? "", "utf8")).toBe("{}\n");
  expect(await takeRecording(join(day, "none.jsonl"), wish)).toBeNull();
  expect(await takeRecording(own, { ...wish, room: 2 })).toBeNull();
});
