/**
 * What a runner can say to its host. Every call carries the fence of the attempt; an old fence gets `stale`, and the
 * runner then ends its group and writes nothing more.
 */
import type { Result } from "../kit/result.ts";
import type { Answer, Ask } from "../model/ask.ts";
import type { StopWish } from "../model/attempt.ts";
import type { AttemptFailureCode } from "../model/attempt-failure.ts";
import type { Holder } from "../model/holder.ts";
import type { Launch } from "../model/launch.ts";
import type { ArtifactName, Verdict } from "../model/verdict.ts";

/** `stale`: somebody else has the attempt, or it has ended · `silent`: the host did not answer · `refused`: no such token. */
export type HostTrouble = "stale" | "silent" | "refused";

export interface Pulse {
  /** What the host wants of the attempt; `null`: go on. */
  readonly stop: { readonly wish: StopWish; readonly code: AttemptFailureCode } | null;
}

/** Model usage that a script only pretends to have: caps bind for it, and the ledger calls it simulated. */
export interface SimulatedUsage {
  /** The same usage keeps its key, so that telling it again books it once. */
  readonly key: string;
  readonly input: number;
  readonly output: number;
}

/** What a runner tells at every heartbeat. */
export interface Progress {
  readonly phase: "preparing" | "running" | "verifying";
  readonly turns: number;
  readonly toolCalls: number;
  readonly sessionId: string | null;
}

/** One line of the live log, `run.jsonl`: what happened, as the runner saw it. */
export interface RunLine {
  readonly at: string;
  readonly event: string;
  readonly [fact: string]: unknown;
}

export interface Host {
  /** Accepted once per fence, and again only from the same holder. Begins the lease. */
  start(holder: Holder): Promise<Result<Launch, HostTrouble>>;
  heartbeat(progress: Progress): Promise<Result<Pulse, HostTrouble>>;
  /** Idempotent by the ask's key; waits for policy or a person. */
  ask(ask: Ask): Promise<Result<Answer, HostTrouble>>;
  /** For agents without a gateway. False: a cap refuses it, nothing is booked, and the next pulse says which one. */
  spend(usage: SimulatedUsage): Promise<Result<boolean, HostTrouble>>;
  /** Lines for the live view, in order; also kept as `run.jsonl`. */
  tell(lines: readonly RunLine[]): Promise<Result<void, HostTrouble>>;
  /** Hands over a file's bytes; the host redacts (but for the bundle), hashes and keeps it. Again is the same. At most `LARGEST_ARTIFACT` bytes. */
  artifact(name: ArtifactName, path: string): Promise<Result<void, HostTrouble>>;
  /** The rollout's own file name travels with it, because rows of a recording are keyed by it. */
  recording(fileName: string, path: string): Promise<Result<void, HostTrouble>>;
  /** The last word; the host settles the ledger and revokes the tokens. */
  done(verdict: Verdict): Promise<Result<void, HostTrouble>>;
}
