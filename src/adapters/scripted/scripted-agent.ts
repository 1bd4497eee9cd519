import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { mistakesIn } from "../../formats/script/mistakes-in.ts";
import type { Script } from "../../formats/script/script.ts";
import { fail, ok } from "../../kit/result.ts";
import type { Agent, AgentOptions } from "../../ports/agent.ts";
import { ScriptedSession } from "./scripted-session.ts";

export interface ScriptedOptions {
  /** What the order carries; checked here again, because it came out of a store. */
  readonly script: unknown;
  /** The environment of its commands, before home and temp folder. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Replays edits and commands from a script instead of asking a model. What comes of it is marked simulated by the host. */
export function scriptedAgent({ script, environment }: ScriptedOptions): Agent {
  return {
    open: async (options: AgentOptions) => {
      const mistakes = mistakesIn(script).map(({ path, message }) => `${path.join(".")}: ${message}`);
      if (mistakes.length > 0) return fail({ code: "INVALID_SCRIPT", detail: mistakes.join("; ") });
      const tmp = join(options.home, "tmp");
      await mkdir(tmp, { recursive: true });
      const env = { ...environment, HOME: options.home, TMPDIR: tmp };
      return ok(new ScriptedSession((script as Script).steps, { options, env }));
    },
  };
}
