import { readFile, stat } from "node:fs/promises";
import type { Attempt } from "../../model/attempt.ts";
import { idOf, type AttemptId } from "../../model/ids.ts";
import { ARTIFACT_NAMES, LARGEST_ARTIFACT, type AbsentReason, type ArtifactName } from "../../model/verdict.ts";
import type { Files } from "../../ports/files.ts";
import type { RunLogs } from "../../ports/run-logs.ts";
import type { Settings } from "../../config/options.ts";
import { listArtifacts } from "../../store/artifacts/list-artifacts.ts";
import { putArtifact, type ArtifactWish } from "../../store/artifacts/put-artifact.ts";
import type { Store } from "../../store/store.ts";
import { costOf } from "./cost-of.ts";
import { keepFile } from "./keep-artifact.ts";
import { ownRecording, readSession } from "./read-session.ts";
import type { DeskWorld } from "./run-world.ts";

export interface ArtifactsWorld {
  readonly store: Store;
  readonly settings: Settings;
  readonly files: Files;
  readonly logs: RunLogs;
}

type Whose = Pick<Attempt, "id" | "simulated">;

/** What an attempt that has ended has cost. */
export async function costArtifact(world: ArtifactsWorld, { id: attemptId, simulated }: Whose): Promise<ArtifactWish> {
  const { settings } = world;
  const cost = await world.store.read((reader) => costOf(reader, { id: attemptId, simulated }, settings));
  const bytes = Buffer.from(`${JSON.stringify(cost, null, 2)}\n`, "utf8");
  return await keepFile(world, { attemptId, name: "cost.json", bytes });
}

/** What was told of an attempt. An empty log is no artifact. */
export async function logArtifact(world: ArtifactsWorld, attemptId: AttemptId): Promise<ArtifactWish> {
  const bytes = await readFile(world.logs.pathOf(attemptId)).catch(() => Buffer.alloc(0));
  if (bytes.length === 0) return { attemptId, name: "run.jsonl", absent: "not_reached" };
  return await keepFile(world, { attemptId, name: "run.jsonl", bytes });
}

/** The attempt's recording and the spine of its session. */
export async function sessionArtifacts(
  world: DeskWorld,
  { attemptId, sessionId }: { readonly attemptId: AttemptId; readonly sessionId: string | null },
): Promise<readonly ArtifactWish[]> {
  const path = sessionId === null ? null : await ownRecording(world, attemptId, sessionId);
  if (sessionId === null || path === null) return [];
  const { size } = await stat(path);
  const spine = await readSession(world, { attemptId, session: idOf.session(sessionId) });
  return [
    size > LARGEST_ARTIFACT.text
      ? { attemptId, name: "rollout.jsonl", absent: "too_large" }
      : await keepFile(world, { attemptId, name: "rollout.jsonl", bytes: await readFile(path) }),
    ...(spine === null ? [] : [await keepFile(world, { attemptId, name: "spine.jsonl", bytes: spine })]),
  ];
}

/** Lists every name that nobody has brought as absent, with the runner's reason where it gave one. */
export function absences(
  attemptId: AttemptId,
  reasons: Readonly<Partial<Record<ArtifactName, AbsentReason>>>,
): readonly ArtifactWish[] {
  return ARTIFACT_NAMES.map((name) => ({ attemptId, name, absent: reasons[name] ?? "not_produced" }));
}

/** Lists of an attempt that ended without a word what the host has of it, and the rest as absent. */
export async function listWhatIsLeft(world: ArtifactsWorld, attempt: Whose): Promise<void> {
  const { id: attemptId } = attempt;
  const listed = await world.store.read((reader) => listArtifacts(reader, attemptId));
  if (ARTIFACT_NAMES.every((name) => listed.some((artifact) => artifact.name === name))) return;
  const own = [await costArtifact(world, attempt), await logArtifact(world, attemptId)];
  const reasons = Object.fromEntries(ARTIFACT_NAMES.map((name) => [name, "not_reached" as const]));
  await world.store.write({ actor: "run" }, async (tx) => {
    for (const wish of [...absences(attemptId, reasons), ...own]) await putArtifact(tx, wish);
  });
}
