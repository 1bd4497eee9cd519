import { mkdir } from "node:fs/promises";
import { fail, type Result } from "../kit/result.ts";
import { gitEnding } from "./disk.ts";
import { endingOf, type Ending } from "./ending.ts";
import { makePlace } from "./folders.ts";
import type { Run } from "./run.ts";
import { setUp } from "./setup.ts";

/** A private clone at the base with its dependencies, inside walls that were tried. */
export async function prepare(run: Run): Promise<Result<void, Ending>> {
  const { world, launch, folders } = run;
  const { repository, base } = launch.order;
  const walls = await run.sandbox.preflight();
  if (!walls.ok) return fail(endingOf("SANDBOX_UNAVAILABLE", `${walls.failure.message} ${walls.failure.hint}`));
  for (const folder of [folders.out, launch.setupCache]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await makePlace(folders.work);
  const cloned = await world.workspace.clone({ repository, base, folder: folders.work.tree });
  if (!cloned.ok) return fail(gitEnding(cloned.failure));
  run.log.tell("cloned", { base });
  return setUp(run, { place: folders.work, commit: base, changed: null });
}
