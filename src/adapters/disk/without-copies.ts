import type { RecordingFile } from "../../ports/recordings.ts";

/**
 * One rollout may lie there twice: in `archived_sessions/` as well as `sessions/`, or as `.zst` beside the plain file; the
 * active and the plain one win. Sorted by name, so that older threads come before newer ones and parents before forks.
 */
export function withoutCopies(files: readonly RecordingFile[]): readonly RecordingFile[] {
  const chosen = new Map<string, RecordingFile>();
  for (const file of files) {
    const key = file.name.startsWith("rollout-") ? file.name : file.path;
    const other = chosen.get(key);
    if (other === undefined || rank(file) < rank(other)) chosen.set(key, file);
  }
  return [...chosen.values()].toSorted(
    (left, right) => compare(left.name, right.name) || compare(left.path, right.path),
  );
}

function rank(file: RecordingFile): number {
  return (file.path.includes("/archived_sessions/") ? 2 : 0) + (file.path.endsWith(".zst") ? 1 : 0);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
