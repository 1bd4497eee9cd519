import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a runner left may help whoever hunts what survived it, so it stays for a day. */
const KEPT_MS = 86_400_000;

/** Removes records, and logs that say nothing, of runners whose attempts are not open; `now` in milliseconds. */
export async function tidyRecords(folder: string, open: readonly string[], now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/\.(?:json|log)$/.test(name) || open.some((id) => name.startsWith(`${id}-`))) continue;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => null);
    if (facts === null || now - facts.mtimeMs < KEPT_MS) continue;
    if (name.endsWith(".json") || facts.size === 0) await rm(path, { force: true });
  }
}
