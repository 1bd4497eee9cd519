import { pruneArtifacts } from "../../store/artifacts/prune-artifacts.ts";
import { openAttempts } from "../../store/attempts/open-attempts.ts";
import type { RunWorld } from "./run-world.ts";

const EVERY_MS = 3_600_000;

/** A round that once an hour forgets the files of attempts that ended longer ago than the settings keep them, and what is left of their runners. */
export function pruneFiles({ store, clock, settings, files, engine }: RunWorld): () => Promise<void> {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.elapsed() < next) return;
    next = clock.elapsed() + EVERY_MS;
    const days = settings["artifacts.keep_days"];
    const hashes = await store.write({ actor: "desk" }, (tx) => pruneArtifacts(tx, days));
    // After the commit: a file without a row is only garbage, a row without its file would be a lie.
    for (const hash of hashes) await files.remove(hash);
    const open = await store.read(openAttempts);
    await engine.tidy(
      open.map(({ id }) => id),
      clock.now(),
    );
  };
}
