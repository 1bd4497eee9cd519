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

/** Recordings come from where the agent could write: none is read while anything of it may live. */
async function uploadRecordings({ world, now, folders, programs }: Run, outputs: Outputs): Promise<void> {
  outputs.miss("rollout.jsonl", "not_produced");
  if (now.rolloutPath === null || !programs.areGone) return;
  let room: number = LARGEST_ARTIFACT.recording;
  for (const path of await findRecordings(now.rolloutPath, folders.agent)) {
    const copy = await takeRecording(path, { home: folders.agent, folder: folders.out, room });
    if (copy === null) outputs.miss("rollout.jsonl", "too_large");
    else {
      room -= copy.bytes;
      await world.host.recording(basename(path), copy.path);
    }
  }
}
