import { expect, test } from "vitest";
import { notInstalled, wallTrouble, type MachineFacts } from "./wall-trouble.ts";

const FINE: MachineFacts = {
  mostUserNamespaces: "1000",
  unprivilegedUserNamespaces: null,
  appArmorRestricts: null,
  isContainer: false,
};
const SAID = "bwrap: No permissions to create new namespace, likely because the kernel does not allow it";

test.each([
  ["user.max_user_namespaces=15000", { mostUserNamespaces: "0" }],
  ["kernel.unprivileged_userns_clone=1", { unprivilegedUserNamespaces: "0" }],
  ["kernel.apparmor_restrict_unprivileged_userns=0", { appArmorRestricts: "1" }],
  ["seccomp=unconfined", { isContainer: true }],
  ["allow this account to make user namespaces", {}],
])("[RUN-4] a wall that cannot be built names its fix: %s", (fix, facts) => {
  const failure = wallTrouble(SAID, { ...FINE, ...facts });
  expect(failure.code).toBe("gate_says_no");
  expect(failure.cause).toContain(SAID);
  expect(failure.hint).toContain(fix);
});

test("[RUN-4] a bubblewrap that is too old is named, on whatever machine", () => {
  const { hint } = wallTrouble("bwrap: Unknown option --size", { ...FINE, isContainer: true });
  expect(hint).toContain("bubblewrap 0.7 or newer");
});

test("[RUN-4] without bubblewrap nothing is run, and the fix is to install it", () => {
  expect(notInstalled()).toMatchObject({
    code: "gate_says_no",
    message: expect.stringContaining("nothing is run"),
    hint: expect.stringContaining("apt-get install bubblewrap"),
  });
});
