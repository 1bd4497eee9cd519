import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import { ATTEMPT_MARK } from "../../model/launch.ts";
import type { AgentFailure, AgentOptions } from "../../ports/agent.ts";
import { type TomlTable, toToml } from "./toml.ts";

/** Where the agent's own state lies. Its home is the attempt's: what setup put there is there for the agent too. */
export interface CodexFolders {
  readonly codexHome: string;
  readonly userHome: string;
  readonly temp: string;
}

/** The variable that carries the agent's gateway token; the token itself stands in no file. */
export const TOKEN_VARIABLE = "CODEX_LOOP_GATEWAY_TOKEN";

/**
 * Features of Codex that reach for the network, a person's account or a screen by themselves. None of them can do
 * anything for an attempt but wait for answers, or spend what the gateway cannot see.
 */
const SWITCHED_OFF = [
  "apps",
  "browser_use",
  "computer_use",
  // The gateway counts what it can read.
  "enable_request_compression",
  "image_generation",
  "in_app_browser",
  "plugins",
  "remote_plugin",
  "unbounded_connection_retries",
];

export interface ConfigWish {
  /** The gateway's address. */
  readonly url: string;
  /** Features to switch on. */
  readonly features: readonly string[];
  /** The mark that all processes of the attempt carry. */
  readonly attempt: string;
}

/** Makes the private homes of an attempt and Codex's configuration in them. */
export async function makeCodexHome(
  options: Pick<AgentOptions, "home" | "cwd" | "modelIdleMs">,
  wish: ConfigWish,
): Promise<Result<CodexFolders, AgentFailure>> {
  const folders = {
    codexHome: join(options.home, ".codex"),
    userHome: options.home,
    temp: join(options.home, "tmp"),
  };
  try {
    for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folders.codexHome, "config.toml"), toToml(codexConfig(options, wish)), { mode: 0o600 });
  } catch (error) {
    return fail(notMade(error));
  }
  return ok(folders);
}

function notMade(error: unknown): AgentFailure {
  const isFull = error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
  const detail = `Codex's home could not be made: ${error instanceof Error ? error.message : String(error)}`;
  return { code: isFull ? "DISK_FULL" : "WORKSPACE_NOT_READY", detail };
}

function codexConfig(
  { cwd, modelIdleMs }: Pick<AgentOptions, "cwd" | "modelIdleMs">,
  { url, features, attempt }: ConfigWish,
): TomlTable {
  return {
    model_provider: "loop",
    // The provider would run the search: no sandbox sees it, and its price is in no usage.
    web_search: "disabled",
    check_for_update_on_startup: false,
    suppress_unstable_features_warning: true,
    model_providers: {
      loop: {
        name: "loop",
        base_url: url,
        env_key: TOKEN_VARIABLE,
        wire_api: "responses",
        // Each try passes the gateway and its cap again. A 429 is never tried again, whatever stands here.
        request_max_retries: 2,
        stream_max_retries: 2,
        stream_idle_timeout_ms: modelIdleMs,
        supports_websockets: false,
      },
    },
    // A folder that Codex would come to trust brings its own hooks, servers and rules, which run outside of its sandbox.
    projects: { [cwd]: { trust_level: "untrusted" } },
    // HOME, PATH and the like: neither the gateway's token nor anything else. The mark finds commands that went away.
    shell_environment_policy: { inherit: "core", set: { [ATTEMPT_MARK]: attempt } },
    analytics: { enabled: false },
    feedback: { enabled: false },
    features: {
      ...Object.fromEntries(SWITCHED_OFF.map((name) => [name, false])),
      ...Object.fromEntries(features.map((name) => [name, true])),
    },
  };
}
