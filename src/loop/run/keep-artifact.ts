import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ok, type Result } from "../../kit/result.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { ArtifactName } from "../../model/verdict.ts";
import { REDACTION_VERSION } from "../../policy/redact/redaction-version.ts";
import type { ArrivedFile, Caller, DeskTrouble } from "../../ports/desk.ts";
import { putArtifact } from "../../store/artifacts/put-artifact.ts";
import { admit } from "./admit.ts";
import type { DeskWorld } from "./run-world.ts";

/** Keeps a file of an attempt: text redacted, the branch as it is, because a commit that was changed is another commit. */
export async function keepArtifact(
  world: DeskWorld,
  caller: Caller,
  file: ArrivedFile<ArtifactName>,
): Promise<Result<void, DeskTrouble>> {
  const admitted = await admit(world, caller, "artifact");
  if (!admitted.ok) {
    if (admitted.failure === "stale") await setAside(world, caller, file);
    return admitted;
  }
  const { id, simulated } = admitted.value;
  const { name, path } = file;
  const bytes = name === "branch.bundle" ? await readFile(path) : await redactedFile(world, path);
  const kept = await keepFile(world, { attemptId: id, name, bytes });
  await world.store.write({ actor: "desk", simulated }, (tx) => putArtifact(tx, kept));
  return ok(undefined);
}

export interface KeptFile {
  readonly attemptId: AttemptId;
  readonly name: ArtifactName;
  readonly sha256: string;
  readonly bytes: number;
  readonly redaction: number;
}

/** The row of a file whose bytes are kept by then. */
export async function keepFile(
  { files }: Pick<DeskWorld, "files">,
  {
    attemptId,
    name,
    bytes,
  }: { readonly attemptId: AttemptId; readonly name: ArtifactName; readonly bytes: Uint8Array },
): Promise<KeptFile> {
  const { sha256, bytes: size } = await files.put(bytes);
  return { attemptId, name, sha256, bytes: size, redaction: name === "branch.bundle" ? 0 : REDACTION_VERSION };
}

async function redactedFile({ redact }: DeskWorld, path: string): Promise<Uint8Array> {
  return Buffer.from(redact(await readFile(path, "utf8")), "utf8");
}

/** Nothing that comes too late counts, but somebody may want to see what it was. */
async function setAside(world: DeskWorld, caller: Caller, { name, path }: ArrivedFile<string>): Promise<void> {
  const folder = join(world.places.refused, `${caller.attemptId}-${caller.fence}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (name === "branch.bundle") await copyFile(path, join(folder, name));
  else await writeFile(join(folder, name), await redactedFile(world, path), { mode: 0o600 });
}
