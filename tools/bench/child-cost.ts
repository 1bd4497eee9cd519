/** Runs a program to its end and says what it cost, as the kernel counts it for the program and all its children. */
import { spawn } from "node:child_process";

export interface ChildRun {
  /** User and system time of all its threads and children, in seconds; a busy machine stretches the wall clock, not this. */
  readonly cpuSeconds: number;
  readonly stdout: string;
}

export interface Around {
  /** All the variables the program sees. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `time` alone writes to 3; the program keeps its own stderr and sees neither. */
const TIMED = `exec 4>&2 2>&3; TIMEFORMAT='%3U %3S'; time "$@" 2>&4 3>&- 4>&-`;

export async function childCost(words: readonly string[], { env }: Around): Promise<ChildRun> {
  const child = spawn("bash", ["-c", TIMED, "bash", ...words], { env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const [out, err, times] = [1, 2, 3].map((number) => textOf(child.stdio[number]));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${String(status)}: ${await err}`);
  const [user = Number.NaN, system = Number.NaN] = ((await times) ?? "").trim().split(" ").map(Number);
  return { cpuSeconds: user + system, stdout: (await out) ?? "" };
}

async function textOf(stream: unknown): Promise<string> {
  const chunks: Buffer[] = [];
  // A descriptor that is piped is a readable stream.
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
