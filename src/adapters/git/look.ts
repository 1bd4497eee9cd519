import type { Workspace } from "../../ports/workspace.ts";

/** Writes nothing, asks no configuration but the clone's, and says nothing where nothing has changed. */
export const LOOK: Workspace["look"] = {
  command: ["git", "-c", "core.fsmonitor=false", "status", "--porcelain", "--ignore-submodules=all"],
  env: { GIT_OPTIONAL_LOCKS: "0", GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
};
