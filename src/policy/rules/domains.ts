import type { CommandLine } from "../../model/profile.ts";
import { found, PASS, strongest, type Finding } from "./finding.ts";
import { knownValue, type Given } from "./known.ts";

/** Hosts that are about to be spoken to: those known as such, and those that commands name. */
export function judgeDomains(allow: readonly string[], given: Given): Finding {
  const named = knownValue(given.facts.domains, given);
  const commands = knownValue(given.facts.commands, given);
  if (named === null && commands === null) return found.unknown("domains are not known", "domains");
  const hosts = [...(named ?? []), ...(commands ?? []).flatMap(hostsOf)];
  return strongest(hosts.map((host) => (isAllowedHost(allow, host) ? PASS : notAllowed(host))));
}

export function notAllowed(host: string): Finding {
  return found.deny(`${host} is not on the list of hosts`);
}

/** `*.example.org` allows hosts below example.org, not itself. */
export function isAllowedHost(allow: readonly string[], host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return allow.some((allowed) => (allowed.startsWith("*.") ? name.endsWith(allowed.slice(1)) : name === allowed));
}

/** Hosts in URLs and in `user@host:path` of a command. */
export function hostsOf(command: CommandLine): readonly string[] {
  const text = typeof command === "string" ? command : command.join(" ");
  const urls = [...text.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/([^\s/"'`?#]+)/gi)].map(([, authority = ""]) => authority);
  const remotes = [...text.matchAll(/(?:^|[\s"'])[\w.-]{1,60}@([\w.-]{1,253}):/g)].map(([, host = ""]) => host);
  return [...urls.map(hostOf), ...remotes].map((host) => host.toLowerCase()).filter((host) => host !== "");
}

function hostOf(authority: string): string {
  const behindUser = authority.slice(authority.lastIndexOf("@") + 1);
  return behindUser.startsWith("[")
    ? behindUser.slice(0, behindUser.indexOf("]") + 1)
    : behindUser.replace(/:\d*$/, "");
}
