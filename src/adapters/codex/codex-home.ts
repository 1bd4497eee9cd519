import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import { ATTEMPT_MARK } from "../../model/launch.ts";
import type { AgentFailure, AgentOptions } from "../../ports/agent.ts";
import { type TomlTable, toToml } from "./toml.ts";

/** Folders of Codex's own, side by side: Codex takes no home that lies in a temp folder. */
export interface CodexFolders {
  readonly codexHome: string;
  /** Codex reads skills and the like from the person's home too, so it gets an empty one. Its commands have another. */
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

type Given = Pick<AgentOptions, "home" | "state" | "cwd" | "modelIdleMs">;

/**
 * Makes Codex's own folders and its configuration in them. We write from outside of the walls, so nothing that is there
 * already is taken: a link would have us write wherever it leads, and a file would speak to the agent in our name.
 */
export async function makeCodexHome(options: Given, wish: ConfigWish): Promise<Result<CodexFolders, AgentFailure>> {
  const folders = {
    codexHome: join(options.state, "codex"),
    userHome: join(options.state, "home"),
    temp: join(options.state, "tmp"),
  };
  try {
    if ((await realpath(options.state)) !== options.state) return fail(behindLink(options.state));
    for (const folder of Object.values(folders)) await mkdir(folder, { mode: 0o700 });
    const config = toToml(codexConfig(options, wish));
    await writeFile(join(folders.codexHome, "config.toml"), config, { mode: 0o600, flag: "wx" });
  } catch (error) {
    return fail(notMade(error));
  }
  return ok(folders);
}

function behindLink(state: string): AgentFailure {
  return {
    code: "WORKSPACE_NOT_READY",
    detail: `Codex's home could not be made: ${state} is a link or lies behind one.`,
  };
}

function notMade(error: unknown): AgentFailure {
  const isFull = error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
  const detail = `Codex's home could not be made: ${error instanceof Error ? error.message : String(error)}`;
  return { code: isFull ? "DISK_FULL" : "WORKSPACE_NOT_READY", detail };
}

function codexConfig({ home, cwd, modelIdleMs }: Given, { url, features, attempt }: ConfigWish): TomlTable {
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
    // PATH and the like: neither the gateway's token nor anything else. Commands find in their home what setup put there.
    // The mark finds those that went away.
    shell_environment_policy: { inherit: "core", set: { HOME: home, [ATTEMPT_MARK]: attempt } },
    analytics: { enabled: false },
    feedback: { enabled: false },
    features: {
      ...Object.fromEntries(SWITCHED_OFF.map((name) => [name, false])),
      ...Object.fromEntries(features.map((name) => [name, true])),
    },
  };
}
