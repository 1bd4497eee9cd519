/** A command that waits for its idea, as a child, and what it said and answered. */
import { createInterface } from "node:readline";
import type { IdeaDetail } from "../../src/views/shapes/idea.ts";
import { type Around, type CliChild, ended, mustCall, startCli } from "./run-cli.ts";

export type Home = Around & AsyncDisposable;

export function ideaOf(ran: { readonly stdout: string }): IdeaDetail & { readonly diff?: string | null } {
  return JSON.parse(ran.stdout) as IdeaDetail;
}

export async function ideaNow(around: Home, id: string): Promise<IdeaDetail> {
  return ideaOf(await mustCall(["idea", "show", id, "--json"], around));
}

export interface WaitingCommand {
  readonly child: CliChild;
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly answer: () => Promise<{ readonly code: number | null; readonly idea: IdeaDetail }>;
  /** Lines of stderr so far. */
  readonly heard: readonly string[];
}

/** A child that waits for its idea; `said` settles when it has said this on stderr. */
export function waiting(words: readonly string[], around: Home): WaitingCommand {
  const child = startCli([...words, "--wait", "--json"], around);
  const end = ended(child);
  const heard: string[] = [];
  const out: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => out.push(data));
  const lines = createInterface({ input: child.stderr });
  lines.on("line", (line) => heard.push(line));
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = heard.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (found) resolve(found);
      };
      lines.on("line", look);
      void end.then((code) => reject(new Error(`ended with ${String(code)}: ${heard.join("\n")}`)));
      look();
    });
  const answer = async () => ({ code: await end, idea: ideaOf({ stdout: Buffer.concat(out).toString("utf8") }) });
  return { child, said, answer, heard };
}
