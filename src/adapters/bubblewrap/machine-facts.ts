import { existsSync, readFileSync } from "node:fs";
import type { MachineFacts } from "./wall-trouble.ts";

export function machineFacts(): MachineFacts {
  return {
    mostUserNamespaces: setting("/proc/sys/user/max_user_namespaces"),
    unprivilegedUserNamespaces: setting("/proc/sys/kernel/unprivileged_userns_clone"),
    appArmorRestricts: setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"),
    isContainer: ["/.dockerenv", "/run/.containerenv", "/var/run/secrets/kubernetes.io"].some((path) =>
      existsSync(path),
    ),
  };
}

function setting(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
