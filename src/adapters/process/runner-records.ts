import { open, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJson, stringAt } from "../../kit/json.ts";
import { parseHolder, type Holder } from "../../model/holder.ts";
import { idOf, type AttemptId } from "../../model/ids.ts";
import type { Start } from "../../model/launch.ts";

type RunnerName = Pick<Start, "attemptId" | "fence">;

export interface RunnerRecord {
  readonly attemptId: AttemptId;
  readonly holder: Holder;
}

/** Where the runner of an attempt writes what it says. */
export function runnerLog(folder: string, name: RunnerName): string {
  return join(folder, `${stem(name)}.log`);
}

/** Takes the right to start this runner; false when somebody has taken it before. Whoever has it writes the record next. */
export async function takeStart(folder: string, name: RunnerName): Promise<boolean> {
  try {
    await (await open(recordPath(folder, name), "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** In one step, so that no reader sees half of it. */
export async function writeRecord(folder: string, name: RunnerName, holder: Holder): Promise<void> {
  const path = recordPath(folder, name);
  await writeFile(`${path}.new`, JSON.stringify({ attemptId: name.attemptId, holder }), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** `null` while the runner is being started, or when its start was cut off. */
export async function readRecord(folder: string, name: RunnerName): Promise<RunnerRecord | null> {
  return parseRecord(await readFile(recordPath(folder, name), "utf8"));
}

/** The record of a runner by who it was; `null` when it was not started from this folder. */
export async function recordOf(folder: string, holder: Holder): Promise<RunnerRecord | null> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(".json"))) {
    const record = parseRecord(await readFile(join(folder, name), "utf8").catch(() => ""));
    if (record?.holder === holder) return record;
  }
  return null;
}

function parseRecord(text: string): RunnerRecord | null {
  const record = parseJson(text);
  const attempt = stringAt(record, "attemptId");
  const holder = stringAt(record, "holder");
  const isWhole = attempt !== null && holder !== null && parseHolder(holder) !== null;
  return isWhole ? { attemptId: idOf.attempt(attempt), holder: holder as Holder } : null;
}

function recordPath(folder: string, name: RunnerName): string {
  return join(folder, `${stem(name)}.json`);
}

function stem({ attemptId, fence }: RunnerName): string {
  return `${attemptId}-${fence}`;
}
