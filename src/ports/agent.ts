/**
 * Who does the work of an attempt: the real Codex CLI, or a script. One session per attempt; it is disposed of whatever
 * happens, and then nothing of it runs any more.
 */
import type { Result } from "../kit/result.ts";
import type { Answer, Ask } from "../model/ask.ts";
import type { AttemptFailureCode } from "../model/attempt-failure.ts";
import type { Json } from "../kit/json.ts";
import type { SimulatedUsage } from "./host.ts";
import type { SandboxedProgram } from "./sandbox.ts";

export interface AgentFailure {
  readonly code: AttemptFailureCode;
  /** One line for people. May hold what the agent wrote: redact before storing. */
  readonly detail: string;
}

/** What an agent tells while it works, as it happens. */
export type AgentEvent =
  | { readonly kind: "session"; readonly sessionId: string; readonly rolloutPath: string | null }
  | { readonly kind: "turn_started" }
  | { readonly kind: "turn_ended" }
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "call_started"; readonly callId: string; readonly tool: string; readonly input: string }
  | {
      readonly kind: "call_ended";
      readonly callId: string;
      readonly tool: string;
      readonly exitCode: number | null;
      readonly ok: boolean;
    }
  /** Unified diff of the turn so far. */
  | { readonly kind: "diff"; readonly diff: string }
  | { readonly kind: "compacted" }
  | { readonly kind: "warned"; readonly text: string };

export interface AgentOptions {
  /** The work tree, absolute. */
  readonly cwd: string;
  /** The home of the attempt's programs: what setup put there is there for the agent's commands too. */
  readonly home: string;
  /** An empty folder for the agent's own state, made after setup: nothing that ran before could prepare it. */
  readonly state: string;
  readonly model: string | null;
  readonly instructions: string;
  /** Read nothing but look: for planners and reviewers. */
  readonly readOnly: boolean;
  readonly gateway: { readonly url: string; readonly token: string } | null;
  readonly modelIdleMs: number;
  /** How programs are started: inside the outer sandbox. */
  readonly program: SandboxedProgram;
  /** Waits as long as a person needs. */
  readonly ask: (ask: Ask) => Promise<Answer>;
  /** Books usage that no gateway sees; false when a cap refuses it, and then the turn fails as a quota would end it. */
  readonly spend: (usage: SimulatedUsage) => Promise<boolean>;
  readonly heard: (event: AgentEvent) => void;
}

/** How a turn ended. `interrupted` after `interrupt()`. */
export type TurnEnd =
  | { readonly kind: "completed"; readonly lastMessage: string | null }
  | { readonly kind: "interrupted" }
  | { readonly kind: "failed"; readonly failure: AgentFailure };

export interface AgentSession extends AsyncDisposable {
  /** Runs one turn to its end. `schema`: a strict JSON schema that the last message has to follow. */
  turn(input: string, options?: { readonly schema?: Json }): Promise<TurnEnd>;
  /** Ends the turn at hand and the commands it started; settles when the agent has said so or after a second. */
  interrupt(): Promise<void>;
  /** Reached without the agent's help: wall-clock and token totals are the runner's and the gateway's. */
  readonly sessionId: string | null;
}

export interface Agent {
  /** Starts the agent's process; fails where the binary is missing, of the wrong version, or does not answer. */
  open(options: AgentOptions): Promise<Result<AgentSession, AgentFailure>>;
}
