import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { stringAt } from "../../../src/kit/json.ts";

/** Where to ask a model: the provider itself, or a gateway before it. */
export interface Contestant extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
}

/** Starts a script of this folder as a child; its first line says where it listens. */
export async function startContestant(script: string, words: readonly string[] = []): Promise<Contestant> {
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [`${import.meta.dirname}/${script}`, ...words], { stdio: [...stdio] });
  const exited = once(child, "exit");
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
  };
  const stdout = child.stdout;
  if (stdout === null) throw new Error(`${script} has no output`);
  for await (const line of createInterface({ input: stdout })) {
    const said: unknown = JSON.parse(line);
    const [url, token] = [stringAt(said, "url"), stringAt(said, "token")];
    if (url !== null && token !== null) return { url, token, [Symbol.asyncDispose]: dispose };
  }
  await dispose();
  throw new Error(`${script} ended without saying where it listens`);
}
