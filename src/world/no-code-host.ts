import { fail } from "../kit/result.ts";
import type { CodeHost } from "../ports/code-host.ts";

/** Stands where no code host is connected: in release mode it says so, and the change stays a local branch. */
export const noCodeHost: CodeHost = {
  propose: async ({ branch }) =>
    fail({
      code: "gate_says_no",
      message: `The change on ${branch} was not proposed: no code host is connected.`,
      cause: "Run mode `release` proposes changes as draft pull requests, and this version speaks to no code host yet.",
      hint: `Do this: push ${branch} yourself, or set run_mode to fast.`,
      retry: "never",
    }),
};
