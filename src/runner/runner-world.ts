import type { Clock } from "../kit/clock.ts";
import type { Holder } from "../model/holder.ts";
import type { Launch } from "../model/launch.ts";
import type { Agent } from "../ports/agent.ts";
import type { Host } from "../ports/host.ts";
import type { Sandbox } from "../ports/sandbox.ts";
import type { Workspace } from "../ports/workspace.ts";

/** All that one attempt needs of the world. There is no store in it, no setting and no secret. */
export interface RunnerWorld {
  readonly clock: Clock;
  readonly holder: Holder;
  readonly host: Host;
  readonly workspace: Workspace;
  /** Chosen once the launch is known: the Codex CLI brings walls of its own where the system has none. */
  readonly sandboxOf: (launch: Launch) => Sandbox;
  readonly agentOf: (launch: Launch) => Agent;
  /** Takes a folder away, whatever it holds. Its name is free at once; what takes long is left to the host. */
  readonly removeFolder: (folder: string) => Promise<void>;
  /** The environment of everything that runs inside the walls, before homes and temp folders: an allow-list's rest. */
  readonly environment: Readonly<Record<string, string>>;
  /** Kinds of secrets that stand in a text, by the rules alone. */
  readonly secretKinds: (text: string) => readonly string[];
  /** Takes out what the rules take for a secret: whatever is cut passes it first, because half a secret has no shape. */
  readonly redact: (text: string) => string;
}
