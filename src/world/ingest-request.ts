import { resolve } from "node:path";
import type { LoadedConfig } from "../config/load-config.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { TraceSource } from "../model/trace.ts";
import { codexHomeExists, recordingPaths } from "./recordings.ts";

export interface IngestWish {
  readonly config: LoadedConfig;
  /** Named files and folders; none means the Codex home. */
  readonly paths: readonly string[];
  readonly sources: readonly TraceSource[];
  readonly lookbackHours: number | null;
}

export interface ResolvedRequest {
  readonly paths: readonly string[];
  readonly sources: readonly TraceSource[];
  readonly lookbackHours: number | null;
  readonly sample: boolean;
}

/** What to read: the named paths, else everything in the Codex home, which must be there. */
export function ingestRequest({ config, paths, sources, lookbackHours }: IngestWish): Result<ResolvedRequest, Failure> {
  const home = config.settings.codex_home;
  if (paths.length === 0 && !codexHomeExists(home)) return fail(noCodexHome(home));
  const wanted = paths.length === 0 ? recordingPaths(home) : paths.map((path) => resolve(path));
  return ok({ paths: wanted, sources, lookbackHours, sample: false });
}

function noCodexHome(home: string): Failure {
  return {
    code: "path_missing",
    message: `There is no Codex home at ${home}.`,
    cause: "Codex has not run for this user, or keeps its recordings elsewhere.",
    hint: "Do this: name it with --codex-home DIR or CODEX_HOME, or name files: codex-loop ingest PATH.",
    retry: "never",
  };
}
