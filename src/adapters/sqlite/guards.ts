/**
 * What must be true before a SQLite file is opened. Nothing here imports `node:sqlite`: on an old Node that import is
 * the crash the guard is there to prevent.
 */
import { statfs } from "node:fs/promises";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";

/** The facts the guards judge; tests hand in others. */
export interface Surroundings {
  /** `24.21.0` */
  readonly node: string;
  /** `3.53.4`; `undefined` where Node carries no SQLite. */
  readonly sqlite: string | undefined;
  /** The magic number of the file system that holds `directory`, as `statfs` tells it. */
  readonly filesystemOf: (directory: string) => Promise<number>;
}

export const NODE_FLOOR = "24.21.0";
/** The first release in which two connections that write and checkpoint at once cannot spoil the file. */
export const SQLITE_FLOOR = "3.51.3";

export const machineSurroundings: Surroundings = {
  node: process.versions.node,
  sqlite: process.versions["sqlite"],
  filesystemOf: async (directory) => (await statfs(directory)).type,
};

/** File systems whose files live on another machine: SQLite's shared memory cannot work across them. */
const NETWORK_FILESYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x69_69, "NFS"],
  [0x51_7b, "SMB"],
  [0xff_53_4d_42, "CIFS"],
  [0xfe_53_4d_42, "SMB2"],
  [0x53_46_41_4f, "AFS"],
  [0x6b_41_46_53, "AFS"],
  [0x73_75_72_45, "Coda"],
  [0x00_c3_64_00, "Ceph"],
  [0x0b_d0_0b_d0, "Lustre"],
  [0x47_50_46_53, "GPFS"],
  [0x01_16_19_70, "GFS2"],
  [0x74_61_63_5f, "OCFS2"],
  [0x01_02_19_97, "9P"],
]);

export function checkVersions(surroundings: Surroundings): Result<void, Failure> {
  const { node, sqlite } = surroundings;
  if (!atLeast(node, NODE_FLOOR)) return fail(tooOld(`Node ${node}`, `Node ${NODE_FLOOR}`));
  if (sqlite === undefined || !atLeast(sqlite, SQLITE_FLOOR)) {
    return fail(tooOld(`the SQLite ${sqlite ?? "that is not"} in Node ${node}`, `SQLite ${SQLITE_FLOOR}`));
  }
  return ok(undefined);
}

function tooOld(found: string, needed: string): Failure {
  return {
    code: "node_too_old",
    message: `The store needs ${needed} or later, and this is ${found}.`,
    cause: "Older releases crash at the first import or can spoil a database that two processes write.",
    hint: `Do this: install Node ${NODE_FLOOR} or later and start again.`,
    retry: "never",
  };
}

/** Refuses a directory on a network file system. */
export async function checkLocal(directory: string, surroundings: Surroundings): Promise<Result<void, Failure>> {
  const type = await surroundings.filesystemOf(directory);
  const name = NETWORK_FILESYSTEMS.get(type >>> 0);
  if (name === undefined) return ok(undefined);
  return fail({
    code: "store_unsafe",
    message: `The store cannot live in ${directory}: it is on ${name}, a network file system.`,
    cause: "SQLite's write-ahead log needs memory that all its users share, which a network mount does not give.",
    hint: "Do this: choose a local path with --store, or set DATABASE_URL to a Postgres server.",
    retry: "never",
  });
}

/** Compares dotted versions number by number. */
function atLeast(version: string, floor: string): boolean {
  const have = version.split(".").map((part) => Number.parseInt(part, 10));
  const need = floor.split(".").map((part) => Number.parseInt(part, 10));
  for (const [index, wanted] of need.entries()) {
    const found = have[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}
