import type { LoadedConfig } from "../config/load-config.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { AgentKind } from "../model/idea.ts";
import { codexCheck, modelKeyCheck } from "./doctor-codex.ts";

/**
 * Whether an agent can be handed work at all: the same that `doctor` looks at. What only a sandbox can tell is looked at
 * before every attempt.
 */
export async function agentReady(config: LoadedConfig, agent: AgentKind): Promise<Result<void, Failure>> {
  if (agent === "scripted") return ok(undefined);
  const program = await codexCheck(config);
  if (!program.ok) return fail(missing("The Codex CLI cannot be used here.", program));
  const key = await modelKeyCheck(config);
  return key.ok ? ok(undefined) : fail(missing("There is no key for the model provider.", key));
}

function missing(message: string, { found, fix }: { readonly found: string; readonly fix: string | null }): Failure {
  return {
    code: "auth_missing",
    message,
    cause: `${found.replace(/\.$/, "")}. A run needs both the program and the key; \`--agent scripted --script FILE\` needs neither.`,
    hint: fix ?? "Do this: codex-loop doctor",
    retry: "never",
  };
}
