import type { SessionId, TurnId } from "../../../model/ids.ts";
import type { Excerpts } from "./excerpts.ts";
import type { At, FoldState } from "./fold-state.ts";
import type { TraceRows } from "./trace-rows.ts";

interface ScopeParts {
  readonly state: FoldState;
  readonly rows: TraceRows;
  readonly excerpts: Excerpts;
  readonly sessionId: SessionId;
  readonly at: At;
}

/** What every step of the fold works on: one record of one line. A class, because one is made for every record. */
export class FoldScope {
  readonly state: FoldState;
  readonly rows: TraceRows;
  readonly excerpts: Excerpts;
  readonly sessionId: SessionId;
  readonly at: At;
  /** The turn the record names itself. */
  readonly #named: TurnId | null;

  constructor({ state, rows, excerpts, sessionId, at }: ScopeParts, named: TurnId | null) {
    this.state = state;
    this.rows = rows;
    this.excerpts = excerpts;
    this.sessionId = sessionId;
    this.at = at;
    this.#named = named;
  }

  /** The turn the record belongs to: the one it names, else the one that is open by now. */
  get turnId(): TurnId | null {
    return this.#named ?? this.state.turn?.turnId ?? null;
  }
}
