import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import type { Step } from "../../store/migrate/steps.ts";
import type { Surroundings } from "./guards.ts";

export interface OpenSqliteOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `read` opens an existing store and never writes to it, except to bring an older schema up to date. */
  readonly mode?: "write" | "read";
  /** Written beside the schema steps this program runs. */
  readonly programVersion?: string;
  /** Milliseconds after which a write to a busy store is given up; 30,000 when left out. */
  readonly giveUpAfterMs?: number;
  /** For tests: other facts for the guards, other schema steps. */
  readonly surroundings?: Surroundings;
  readonly steps?: readonly Step[];
}

/** What the opener needs, with nothing left out. */
export interface OpenPlan extends OpenSqliteOptions {
  readonly mode: "write" | "read";
  readonly programVersion: string;
  readonly surroundings: Surroundings;
  readonly steps: readonly Step[];
}
