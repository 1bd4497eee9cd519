import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ownRecords } from "./own-records.ts";

/** Keeps paths out of every commit: our records go by it, and the clone's own git shows it to whoever works there. */
export async function leaveOut(folder: string, paths: readonly string[]): Promise<void> {
  const lines = paths.map((path) => `/${path.replaceAll(/[\\*?[\]#! ]/g, String.raw`\$&`)}\n`).join("");
  for (const git of [ownRecords(folder), join(folder, ".git")]) {
    await mkdir(join(git, "info"), { recursive: true });
    await appendFile(join(git, "info", "exclude"), `\n${lines}`);
  }
}
