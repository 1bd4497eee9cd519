/** `codex-loop up` as a real child on a port of its own, and what a browser or a script says to it. */
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { parseJson } from "../../src/kit/json.ts";
import { type Around, type CliChild, ended, startCli } from "./run-cli.ts";

export interface RunningUp extends AsyncDisposable {
  readonly url: string;
  /** The document that `up --json` printed. */
  readonly answer: { readonly url: string; readonly report: Readonly<Record<string, unknown>> };
  readonly child: CliChild;
  /** All it wrote on stderr so far. */
  readonly said: () => string;
  /** Ctrl-C, and the exit code it ends with. */
  stop(): Promise<number | null>;
}

/** Starts it and waits until it has read, reported and said where the console is. */
export async function startUp(around: Around, words: readonly string[] = []): Promise<RunningUp> {
  const child = startCli(["up", "--port", "0", "--json", ...words], around);
  const end = ended(child);
  const said: string[] = [];
  const linked = new Promise<void>((resolve) => {
    child.stderr.on("data", (data: Buffer) => {
      said.push(data.toString());
      if (said.join("").includes("Ctrl-C ends it.")) resolve();
    });
  });
  const answer = await firstLine(child, end, () => said.join(""));
  await Promise.race([linked, end]);
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) child.kill("SIGINT");
    return end;
  };
  const { url } = answer;
  return {
    url,
    answer,
    child,
    said: () => said.join(""),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

async function firstLine(child: CliChild, end: Promise<unknown>, said: () => string): Promise<RunningUp["answer"]> {
  const lines = createInterface({ input: child.stdout });
  const line = new Promise<string>((resolve) => lines.once("line", resolve));
  const first = await Promise.race([line, end.then((code) => `ended with ${String(code)}: ${said()}`)]);
  const answer = parseJson(first);
  if (typeof answer !== "object" || answer === null || !("url" in answer))
    throw new Error(`up did not start: ${first}`);
  return answer as RunningUp["answer"];
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body where it is JSON, else `undefined`. */
  readonly body: unknown;
}

/** One request; unlike `fetch` it lets a test lie about Host and Origin. */
export async function ask(url: string, { method = "GET", headers = {} }: Asked = {}): Promise<Answered> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { method, headers, agent: false }, resolve).on("error", reject).end();
  });
  const text = Buffer.concat(await response.toArray()).toString("utf8");
  return { status: response.statusCode ?? 0, headers: response.headers, text, body: parseJson(text) };
}

export interface LiveEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Server-sent events as they come; leaving the loop closes the connection. */
export async function* liveEvents(url: string, after?: string): AsyncGenerator<LiveEvent> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = after === undefined ? {} : { "last-event-id": after };
    httpRequest(`${url}live`, { headers, agent: false }, resolve).on("error", reject).end();
  });
  try {
    let waiting = "";
    for await (const piece of response) {
      const blocks = (waiting + String(piece)).split("\n\n");
      waiting = blocks.pop() ?? "";
      yield* blocks.map(eventOf);
    }
  } finally {
    response.destroy();
  }
}

function eventOf(block: string): LiveEvent {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  return { id: fields.get("id") ?? "", event: fields.get("event") ?? "", data: parseJson(fields.get("data") ?? "") };
}
