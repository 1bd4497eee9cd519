/** Programs we compare ourselves with: installed on demand into the user's cache, exactly pinned, never a dependency. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { childCost } from "./child-cost.ts";

export const PEERS = { ccusage: "20.0.24", "pg-boss": "12.35.0", "graphile-worker": "0.18.0" } as const;

export type PeerName = keyof typeof PEERS;

/** `ccusage 20.0.24` */
export function peerTitle(name: PeerName): string {
  return `${name} ${PEERS[name]}`;
}

/** Finds modules as a file beside the peer would; installs it first where it is not there yet. */
export async function peerRequire(name: PeerName): Promise<NodeJS.Require> {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "codex-loop/bench", `${name}-${PEERS[name]}`);
  if (!existsSync(folder)) await install(name, folder);
  return createRequire(join(folder, "here.js"));
}

/** The peer's own module; its types are not here, so the caller says which it uses. */
export async function importPeer(name: PeerName): Promise<unknown> {
  const { resolve } = await peerRequire(name);
  return import(pathToFileURL(resolve(name)).href);
}

/** Installed aside and then moved, so that a folder that is there is whole. */
async function install(name: PeerName, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const aside = mkdtempSync(`${folder}.new-`);
  try {
    const quiet = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    await childCost(["npm", "install", "--prefix", aside, ...quiet, `${name}@${PEERS[name]}`], { env: process.env });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
