import type { Settings } from "../../config/options.ts";
import type { Clock } from "../../kit/clock.ts";
import type { IsDead } from "../../model/holder.ts";
import type { IdeaId, SessionId } from "../../model/ids.ts";
import type { GatewayDoor } from "../../model/launch.ts";
import type { Order } from "../../model/order.ts";
import type { CommandDecision } from "../../model/policy.ts";
import type { CommandLine } from "../../model/profile.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import type { Engine } from "../../ports/engine.ts";
import type { Files } from "../../ports/files.ts";
import type { Repository } from "../../ports/repository.ts";
import type { RunLogs } from "../../ports/run-logs.ts";
import type { Store } from "../../store/store.ts";

/** Absolute folders of runs; no attempt can see any of them but its own below `attempts`. */
export interface RunPlaces {
  /** One folder for each attempt while it runs. */
  readonly attempts: string;
  readonly setupCache: string;
  /** Recordings of ended attempts, redacted, one folder each: where the readers find them. */
  readonly recordings: string;
  /** What runners brought whose attempt belongs to somebody else: for looking at, and for nothing else. */
  readonly refused: string;
  /** What no part of an attempt may see. */
  readonly hidden: readonly string[];
}

/** What the desk needs of the world. */
export interface DeskWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly redact: (text: string) => Redacted;
  readonly files: Files;
  readonly logs: RunLogs;
  readonly priceOf: PriceOf;
  readonly places: RunPlaces;
  /** The model gateway of this process; `null` where there is none. */
  readonly gateway: GatewayDoor | null;
  readonly repository: Pick<Repository, "addedIn">;
  /** Absolute; `null` where there is none. */
  readonly codexBinary: string | null;
  /** What the rules of the order's base say to a command. */
  readonly judgeCommand: (order: Order, command: CommandLine) => Promise<CommandDecision>;
  /** Reads the recordings below a folder into the store, as any others. */
  readonly ingest: (folder: string) => Promise<void>;
  /** Computes the signals of a session anew. */
  readonly judge: (session: SessionId) => Promise<void>;
}

/** What the stage `run` needs of the world. */
export interface RunWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly isDead: IsDead;
  readonly redact: (text: string) => Redacted;
  readonly files: Files;
  readonly logs: RunLogs;
  readonly settings: Settings;
  readonly places: Pick<RunPlaces, "attempts">;
  /**
   * Takes a folder away, whatever it holds, where it is there. Its name is free afterwards; removing goes on in its own time,
   * also of what others left.
   */
  readonly removeFolder: (folder: string) => Promise<void>;
  /** The host listener of this process, `http://127.0.0.1:PORT`. */
  readonly hostUrl: string;
  /** A process that waits for one idea starts nothing else; `null`: all ideas. */
  readonly only: IdeaId | null;
}
