import type { LoadedConfig } from "../config/load-config.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { CodeHost } from "../ports/code-host.ts";

/** Stands where no code host is connected: in release mode it says so, and the change stays a local branch. */
export const noCodeHost: CodeHost = {
  isProposed: () => Promise.resolve(ok(false)),
  propose: async ({ branch }) =>
    fail({
      code: "gate_says_no",
      message: `The change on ${branch} was not proposed: no code host is connected.`,
      cause: "Run mode `release` proposes changes as draft pull requests, and this version speaks to no code host yet.",
      hint: `Do this: push ${branch} yourself, or set run_mode to fast.`,
      retry: "never",
    }),
};

/** Whether a change could go where the run mode wants it: asked before anything is spent on it. */
export function codeHostReady({ settings }: Pick<LoadedConfig, "settings">): Result<void, Failure> {
  return settings.run_mode === "release" ? fail(NOT_CONNECTED) : ok(undefined);
}

const NOT_CONNECTED: Failure = {
  code: "gate_says_no",
  message: "Run mode `release` proposes changes through a code host, and none is connected.",
  cause:
    "This version speaks to no code host yet, so a run would end with nobody to propose to. Nothing was registered.",
  hint: "Do this: set run_mode to fast (RUN_MODE=fast); the change is then a branch of the repository.",
  retry: "never",
};
