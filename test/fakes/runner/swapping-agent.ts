import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { ok } from "../../../src/kit/result.ts";
import type { Agent, AgentOptions } from "../../../src/ports/agent.ts";

/** A folder of a person: whoever follows a link into it finds a repository to remove and a file to read. */
export interface Victim {
  readonly folder: string;
  /** Stands in its file. */
  readonly secret: string;
  /** What of it is there. */
  left(): readonly string[];
}

export function aVictim(folder: string): Victim {
  const secret = "words-of-the-victim";
  mkdirSync(join(folder, ".git"), { recursive: true });
  writeFileSync(join(folder, ".git", "HEAD"), "ref: refs/heads/main\n");
  writeFileSync(join(folder, "file.txt"), secret);
  return {
    folder,
    secret,
    left: () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((path) => (path.endsWith(".txt") ? `${path}: ${readFileSync(join(folder, path), "utf8")}` : path))
        .toSorted(),
  };
}

const FOLDERS = 30;

/** What the tree has to ignore: there the swapper keeps what it swaps with. */
export const SPARE = "spare";

/** Makes repositories inside of the tree, and then for ever swaps each with a link to the victim and back. */
function swapper(victim: string): string {
  return `
    const { mkdirSync, renameSync, symlinkSync, writeFileSync } = require("node:fs");
    mkdirSync("${SPARE}");
    const names = Array.from({ length: ${FOLDERS} }, (_, at) => "nested" + at);
    for (const name of names) {
      mkdirSync(name + "/.git/objects", { recursive: true });
      mkdirSync(name + "/.git/refs");
      writeFileSync(name + "/.git/HEAD", "ref: refs/heads/main\\n");
      writeFileSync(name + "/file.txt", "mine");
      symlinkSync(${JSON.stringify(victim)}, "${SPARE}/link-" + name);
    }
    for (let begun = false; ; begun = true) {
      for (const name of names) {
        renameSync(name, "${SPARE}/" + name);
        renameSync("${SPARE}/link-" + name, name);
      }
      for (const name of names) {
        renameSync(name, "${SPARE}/link-" + name);
        renameSync("${SPARE}/" + name, name);
      }
      if (!begun) console.log("begun");
    }`;
}

/** Ends its turn while a program of it goes on swapping folders of the tree with links to `victim`. */
export function swappingAgent(victim: Victim): Agent {
  return {
    open: (options) =>
      Promise.resolve(
        ok({
          sessionId: null,
          turn: async () => {
            await startSwapping(options, victim.folder);
            return { kind: "completed", lastMessage: "Done." };
          },
          interrupt: () => Promise.resolve(),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
      ),
  };
}

async function startSwapping({ program, cwd, home }: AgentOptions, victim: string): Promise<void> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: home };
  const started = await program({ command: [process.execPath, "-e", swapper(victim)], cwd, env });
  if (!started.ok) throw new Error(started.failure.message);
  started.value.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
  await once(started.value.stdout, "data");
}
