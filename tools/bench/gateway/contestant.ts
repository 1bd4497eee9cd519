import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { isObject, stringAt } from "../../../src/kit/json.ts";

/** Where to ask a model: the provider itself, or a gateway before it. */
export interface Contestant extends AsyncDisposable {
  readonly url: string;
  /** Of one attempt each. */
  readonly tokens: readonly string[];
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
    const url = stringAt(said, "url");
    const listed = isObject(said) ? said["tokens"] : undefined;
    const tokens = Array.isArray(listed) ? listed.map(String) : [];
    if (url !== null && tokens.length > 0) return { url, tokens, [Symbol.asyncDispose]: dispose };
  }
  await dispose();
  throw new Error(`${script} ended without saying where it listens`);
}
