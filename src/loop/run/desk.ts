/**
 * The host's side of every attempt. Each call: who is it (token, fence) → act, in one transaction → answer. Whoever comes
 * too late is refused, written down, and changes nothing.
 */
import { ok } from "../../kit/result.ts";
import type { Desk } from "../../ports/desk.ts";
import { admit } from "./admit.ts";
import { answerAsk } from "./answer-ask.ts";
import { beginAttempt } from "./begin-attempt.ts";
import { bookUsage } from "./book-usage.ts";
import { DeskMemory } from "./desk-memory.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { keepArtifact } from "./keep-artifact.ts";
import { keepLines } from "./keep-lines.ts";
import { keepRecording } from "./keep-recording.ts";
import type { DeskWorld } from "./run-world.ts";
import { takeHeartbeat } from "./take-heartbeat.ts";

export function openDesk(world: DeskWorld): Desk {
  const memory = new DeskMemory();
  return {
    admit: async (caller) => {
      const admitted = await admit(world, caller, "file");
      return admitted.ok ? ok(undefined) : admitted;
    },
    start: (caller, holder) => beginAttempt(world, caller, holder),
    heartbeat: (caller, progress) => takeHeartbeat(world, caller, progress),
    ask: (caller, ask) => answerAsk(world, caller, ask),
    spend: (caller, usage) => bookUsage(world, caller, usage),
    tell: (caller, told) => keepLines(world, memory, { caller, told }),
    artifact: (caller, file) => keepArtifact(world, caller, file),
    recording: (caller, file) => keepRecording(world, caller, file),
    done: (caller, verdict) => finishAttempt(world, memory, { caller, verdict }),
  };
}
