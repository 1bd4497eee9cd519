import type { Clock } from "../../kit/clock.ts";
import type { Random } from "../../kit/random.ts";
import type { OpenMode } from "../../store/migrate/require-store.ts";
import type { Step } from "../../store/migrate/steps.ts";
import type { Surroundings } from "./guards.ts";

export interface OpenSqliteOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `write` when left out. */
  readonly mode?: OpenMode;
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
  readonly mode: OpenMode;
  readonly programVersion: string;
  readonly surroundings: Surroundings;
  readonly steps: readonly Step[];
}
