import { lstat, realpath } from "node:fs/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { SandboxWalls } from "../../ports/sandbox.ts";
import type { WallKind, WallPlace } from "./wall-arguments.ts";

/** Homes; all sockets of the system's services, as that of Docker, and of people, as that of an ssh agent; password hashes. */
const HIDDEN = ["/home", "/root", "/run", "/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-"] as const;
/** Codex takes a lock in /tmp; what others keep there is not for an attempt. */
const FRESH = ["/tmp", "/var/tmp"] as const;
/** Where names of other machines are asked for; often a link into /run. */
const NAME_SERVERS = "/etc/resolv.conf";

/** All places of `walls` and of every wall, as they stand on this machine; what is not there needs no wall. */
export async function wallPlaces(walls: SandboxWalls, home: string): Promise<Result<readonly WallPlace[], Failure>> {
  // A home that is the root of the system cannot be hidden: nothing would be left to run.
  const hidden = [...HIDDEN, home, ...walls.hidden].filter((path) => path !== "/");
  const given = await givenPlaces(walls);
  if (!given.ok) return given;
  const always = await Promise.all([
    ...hidden.map((path) => placeBehind(path, "hidden")),
    ...FRESH.map((path) => placeBehind(path, "fresh")),
    placeBehind(NAME_SERVERS, "shown"),
  ]);
  return ok([...always.filter((place) => place !== null), ...given.value]);
}

/** What a path leads to, links followed: a link to the store does not hide the store. */
async function placeBehind(path: string, kind: WallKind): Promise<WallPlace | null> {
  try {
    const real = await realpath(path);
    return { kind, path: real, isFolder: (await lstat(real)).isDirectory() };
  } catch {
    return null;
  }
}

async function givenPlaces({ writable, shown }: SandboxWalls): Promise<Result<readonly WallPlace[], Failure>> {
  const wanted = [
    ...writable.map((path) => ({ kind: "writable" as const, path })),
    ...shown.map((path) => ({ kind: "shown" as const, path })),
  ];
  const places: WallPlace[] = [];
  for (const { kind, path } of wanted) {
    const place = await placeBehind(path, kind);
    if (place === null) return fail(notThere(path));
    // An earlier program of the attempt may have put a link here, to be let through the wall by the next one.
    if (place.path !== path) return fail(isLink(path, place.path));
    places.push(place);
  }
  return ok(places);
}

function notThere(path: string): Failure {
  return {
    code: "gate_says_no",
    message: `${path} cannot be let into the sandbox.`,
    cause: "It is not there.",
    hint: "Do this: run the attempt again; it makes its folders anew.",
    retry: "never",
  };
}

function isLink(path: string, real: string): Failure {
  return {
    code: "gate_says_no",
    message: `${path} cannot be let into the sandbox.`,
    cause: `It is a link, or lies behind one; in truth it is ${real}.`,
    hint: "Do this: name folders by their real paths (CODEX_LOOP_HOME, or the path given), without links.",
    retry: "never",
  };
}
