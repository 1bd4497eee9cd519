import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { LARGEST_ARTIFACT } from "../model/verdict.ts";
import { findRecordings, takeRecording } from "./find-recordings.ts";
import type { Outputs } from "./outputs.ts";
import type { Run } from "./run.ts";

/** Hands over what the attempt left. A file that the host does not take leaves the others to be tried. */
export async function upload(run: Run, outputs: Outputs): Promise<void> {
  for (const [name, path] of new Map(outputs.files)) {
    const { size } = await stat(path);
    const limit = name === "branch.bundle" ? LARGEST_ARTIFACT.bundle : LARGEST_ARTIFACT.text;
    if (size > limit) outputs.miss(name, "too_large");
    else if (!(await run.world.host.artifact(name, path)).ok) outputs.miss(name, "not_produced");
    run.log.tell("artifact", { name, bytes: size });
  }
  await uploadRecordings(run, outputs);
}

async function uploadRecordings({ world, now, folders }: Run, outputs: Outputs): Promise<void> {
  outputs.miss("rollout.jsonl", "not_produced");
  if (now.rolloutPath === null) return;
  for (const path of await findRecordings(now.rolloutPath, folders.agent)) {
    const copy = await takeRecording(path, folders.out);
    if (copy === null) outputs.miss("rollout.jsonl", "too_large");
    else await world.host.recording(basename(path), copy);
  }
}
