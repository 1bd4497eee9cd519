import { join } from "node:path";
import { diskFiles } from "../adapters/disk/disk-files.ts";
import { diskRunLogs } from "../adapters/disk/disk-run-logs.ts";
import type { Files } from "../ports/files.ts";
import type { RunLogs } from "../ports/run-logs.ts";

/** Where runs leave what they did: kept files by hash, and the logs of those that go on. No attempt can see the folder. */
export function openRunFiles(home: string): { readonly files: Files; readonly logs: RunLogs } {
  return { files: diskFiles(join(home, "files")), logs: diskRunLogs(join(home, "logs")) };
}
