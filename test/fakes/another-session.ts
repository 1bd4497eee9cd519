import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run-cli.ts";

const THREAD = "01a1f6ce-11c7-71b1-a620-9dddb288632a";
const NAME = `rollout-2026-11-20T02-34-22-${THREAD}.jsonl`;
const SOURCE = join(ROOT, "samples/0.169.0/success/sessions/2026/11/20", NAME);
const ASKED = "Print the working directory and list files.";

export interface AnotherSession {
  readonly id: string;
  readonly path: string;
}

/**
 * Puts a session of its own, number `n` (1 to 9), into the `sessions` folder of a Codex home: a shipped recording under
 * another thread id, with other responses, in which the person asked for `text`.
 */
export function anotherSession(codexHome: string, n: number, text: string = ASKED): AnotherSession {
  const id = THREAD.replace(/a$/, `${n}`);
  const folder = join(codexHome, "sessions/2026/11/20");
  const path = join(folder, NAME.replace(THREAD, id));
  const lines = readFileSync(SOURCE, "utf8")
    .replaceAll(THREAD, id)
    .replaceAll(/resp_[a-z0-9]+_/g, `resp_own${n}_`)
    .replaceAll(ASKED, JSON.stringify(text).slice(1, -1));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, lines);
  return { id, path };
}
