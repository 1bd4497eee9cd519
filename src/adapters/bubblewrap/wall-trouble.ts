import type { Failure } from "../../model/failure.ts";

/** What decides whether an account may make namespaces; `null` where the system has no such switch. */
export interface MachineFacts {
  /** user.max_user_namespaces */
  readonly mostUserNamespaces: string | null;
  /** kernel.unprivileged_userns_clone, of Debian's kernels */
  readonly unprivilegedUserNamespaces: string | null;
  /** kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's kernels */
  readonly appArmorRestricts: string | null;
  readonly isContainer: boolean;
}

/** Why no wall could be built, and the one thing to do about it; `said` is what bubblewrap printed. */
export function wallTrouble(said: string, facts: MachineFacts): Failure {
  const cause = said.trim().split("\n").at(-1) ?? "";
  return {
    code: "gate_says_no",
    message: "The sandbox cannot be built, so nothing is run.",
    cause: cause === "" ? "bubblewrap ended without a word." : `It says: ${cause}`,
    hint: `Do this: ${fixOf(said, facts)}`,
    retry: "never",
  };
}

function fixOf(said: string, facts: MachineFacts): string {
  if (/unknown option --size/i.test(said)) return "install bubblewrap 0.7 or newer: older ones limit no memory.";
  if (facts.mostUserNamespaces === "0") return "allow user namespaces: `sysctl -w user.max_user_namespaces=15000`.";
  if (facts.unprivilegedUserNamespaces === "0")
    return "allow user namespaces: `sysctl -w kernel.unprivileged_userns_clone=1`.";
  if (facts.isContainer) return CONTAINER;
  if (facts.appArmorRestricts === "1")
    return "give bwrap an AppArmor profile with `userns,`, or `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`.";
  if (/namespace|uid map/i.test(said)) return "allow this account to make user namespaces.";
  return "run `bwrap --unshare-user --unshare-pid --ro-bind / / --proc /proc true` and mend what it names.";
}

const CONTAINER =
  "allow namespaces in the container: `docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined " +
  "--security-opt systempaths=unconfined`; in Kubernetes seccompProfile Unconfined and procMount Unmasked.";

export function notInstalled(): Failure {
  return {
    code: "gate_says_no",
    message: "There is no bubblewrap, so nothing is run.",
    cause: "Neither `bwrap` on PATH nor the one of the Codex CLI's package can be run.",
    hint: "Do this: install it (`apt-get install bubblewrap`, `dnf install bubblewrap`, `pacman -S bubblewrap`).",
    retry: "never",
  };
}

export function notLinux(platform: string): Failure {
  return {
    code: "gate_says_no",
    message: "There is no sandbox for this system, so nothing is run.",
    cause: `bubblewrap needs Linux; this is ${platform}.`,
    hint: "Do this: run it on Linux, in a virtual machine or in WSL 2.",
    retry: "never",
  };
}
