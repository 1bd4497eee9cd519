/**
 * The host's side of what a runner says: the listener takes it off the wire, the desk checks the token and the fence and
 * acts on it. The listener knows neither policy nor store, the desk no wire.
 */
import type { Result } from "../kit/result.ts";
import type { Answer, Ask } from "../model/ask.ts";
import type { Holder } from "../model/holder.ts";
import type { AttemptId } from "../model/ids.ts";
import type { Launch } from "../model/launch.ts";
import type { ArtifactName, Verdict } from "../model/verdict.ts";
import type { Progress, Pulse, RunLine, SimulatedUsage } from "./host.ts";

/** Who calls, as the call itself says; nothing of it is checked yet. */
export interface Caller {
  readonly attemptId: AttemptId;
  readonly fence: number;
  readonly token: string;
}

/** `refused`: the token is good for nothing here · `stale`: somebody else has the attempt, or it has ended. */
export type DeskTrouble = "stale" | "refused";

/** Lines with the number of lines told before them, so that lines told twice are kept once. */
export interface ToldLines {
  readonly before: number;
  readonly lines: readonly RunLine[];
}

/** A file that arrived: bytes at `path`, which the listener removes when the call is answered. */
export interface ArrivedFile<Name extends string> {
  readonly name: Name;
  readonly path: string;
}

export interface Desk {
  /** Whether a caller may bring a file at all, asked before a byte of it is kept. `stale`: nobody wants it, but some look. */
  admit(caller: Caller): Promise<Result<void, DeskTrouble>>;
  start(caller: Caller, holder: Holder): Promise<Result<Launch, DeskTrouble>>;
  heartbeat(caller: Caller, progress: Progress): Promise<Result<Pulse, DeskTrouble>>;
  /** `pending`: no answer within a while; the same ask is to be put again. */
  ask(caller: Caller, ask: Ask): Promise<Result<Answer | "pending", DeskTrouble>>;
  spend(caller: Caller, usage: SimulatedUsage): Promise<Result<boolean, DeskTrouble>>;
  tell(caller: Caller, told: ToldLines): Promise<Result<void, DeskTrouble>>;
  artifact(caller: Caller, file: ArrivedFile<ArtifactName>): Promise<Result<void, DeskTrouble>>;
  recording(caller: Caller, file: ArrivedFile<string>): Promise<Result<void, DeskTrouble>>;
  done(caller: Caller, verdict: Verdict): Promise<Result<void, DeskTrouble>>;
}
