/** Pauses and stops as people and scripts see them. */
import type { ControlWord } from "../../model/control.ts";

export interface ControlRow {
  /** `all`, `repository/PATH-or-OWNER/NAME` or `idea/ID`. */
  readonly scope: string;
  readonly word: ControlWord;
  readonly reason: string;
  readonly since: string;
}

/** What `pause` and `stop` did. */
export interface HoldRow extends ControlRow {
  /** Runs that go on and have been told to end. */
  readonly stopping: readonly string[];
  /** Runs that had not begun and never will; their tasks stay queued. */
  readonly ended: readonly string[];
}

/** What `resume` did. */
export interface ResumeRow {
  readonly scope: string;
  /** `null`: nothing was held back there. */
  readonly lifted: ControlWord | null;
  /** What still holds work back, anywhere. */
  readonly remaining: readonly ControlRow[];
}
