import { once } from "node:events";
import { mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of our own with room for one socket. */
export interface SocketPlace {
  /** Absolute, without links. */
  readonly socket: string;
  remove(): Promise<void>;
}

const PREFIX = "codex-loop-gateway-";
const NAME = "s";
/** Bytes of `sun_path` on Linux, without the zero at its end. */
const LONGEST = 107;

/** Makes one below `folder`, which nobody else may enter; where that path is too long for a socket, in the system's temporary folder. */
export async function socketPlace(folder: string): Promise<SocketPlace> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeDead(folder);
  const parent = await realpath(isShort(folder) ? folder : tmpdir());
  const own = await mkdtemp(join(parent, PREFIX));
  return { socket: join(own, NAME), remove: () => rm(own, { recursive: true, force: true }) };
}

function isShort(folder: string): boolean {
  return Buffer.byteLength(join(folder, `${PREFIX}123456`, NAME)) <= LONGEST;
}

/** A process that was killed leaves its socket behind; nobody answers there any more. */
async function removeDead(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  const dead = await Promise.all(names.map((name) => isDead(join(folder, name, NAME))));
  for (const [at, name] of names.entries())
    if (dead[at]) await rm(join(folder, name), { recursive: true, force: true });
}

/** Only a refusal says so: a socket that is not there yet belongs to somebody who is about to listen. */
async function isDead(socket: string): Promise<boolean> {
  const connection = connect(socket);
  try {
    await once(connection, "connect");
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
  } finally {
    connection.destroy();
  }
}
