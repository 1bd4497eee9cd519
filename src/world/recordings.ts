import { existsSync } from "node:fs";
import { join } from "node:path";
import { diskRecordings } from "../adapters/disk/disk-recordings.ts";
import { watchChanges } from "../adapters/disk/watch-changes.ts";
import type { Recordings } from "../ports/recordings.ts";
import { isCheckout, programRoot } from "./program.ts";

export function openRecordings(): Recordings {
  return diskRecordings();
}

/** Where a Codex home keeps recordings of any kind: those of its folders that exist. */
export function recordingPaths(codexHome: string): readonly string[] {
  const places = ["sessions", "archived_sessions", "trace_spine", "toolcalls.ndjson"];
  return places.map((place) => join(codexHome, place)).filter((path) => existsSync(path));
}

export function codexHomeExists(codexHome: string): boolean {
  return existsSync(codexHome);
}

/** The recordings we ship: real ones, made with a scripted model. */
export function samplePath(): string {
  return join(programRoot(), isCheckout() ? "samples" : "dist/samples");
}

/** Settles again and again: at once, then whenever a recording below `paths` may have changed. */
export function recordingChanges(paths: readonly string[], signal: AbortSignal): AsyncIterable<void> {
  return watchChanges(paths, signal);
}
