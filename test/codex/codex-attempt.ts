/** The real Codex CLI on a small repository, talking to a scripted model: what every test of this folder starts from. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codexAgent, type CodexProgram } from "../../src/adapters/codex/codex-agent.ts";
import type { Answer, Ask } from "../../src/model/ask.ts";
import type { Agent, AgentEvent, AgentOptions, AgentSession } from "../../src/ports/agent.ts";
import type { ModelTurn } from "../fakes/model-server/model-turn.ts";
import { type ModelServer, openModelServer } from "../fakes/model-server/model-server.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import { processesOf } from "./processes-of.ts";

export const CODEX_BIN: string = process.env["CODEX_BIN"] ?? "";
export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
export const AGENT_TOKEN = "agent-token-6f1c2a9b";

export interface CodexAttempt extends AsyncDisposable {
  readonly session: AgentSession;
  readonly model: ModelServer;
  readonly events: readonly AgentEvent[];
  readonly asks: readonly Ask[];
  /** The work tree, and the attempt's folder around it. */
  readonly repository: string;
  readonly folder: string;
  /** The mark of the attempt in the environment of its processes. */
  readonly mark: string;
  /** Events of one kind. */
  heard<K extends AgentEvent["kind"]>(kind: K): readonly Extract<AgentEvent, { kind: K }>[];
  /** The first event that fits, as soon as it is there. */
  event(fits: (event: AgentEvent) => boolean): Promise<AgentEvent>;
  file(name: string): Promise<string | null>;
}

export interface Wishes {
  readonly answer?: (ask: Ask) => Promise<Answer> | Answer;
  readonly options?: Partial<AgentOptions>;
  readonly program?: Partial<CodexProgram>;
  /** Files of the repository, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where the repository is made; else in the attempt's own folder. */
  readonly repository?: string;
  /** Paths to texts: what setup left in the home of the attempt's programs. */
  readonly home?: Readonly<Record<string, string>>;
}

/** Opens a session; disposing ends it, and fails when a process of it is left or the model's script was not followed. */
export async function openAttempt(turns: readonly ModelTurn[], wishes: Wishes = {}): Promise<CodexAttempt> {
  const folder = await mkdtemp(join(tmpdir(), "codex-attempt-"));
  const repository = wishes.repository ?? join(folder, "tree");
  await makeRepository(repository, wishes.files ?? {});
  const home = join(folder, "home");
  await writeAll(home, wishes.home ?? {});
  const state = join(folder, "agent");
  await mkdir(state);
  const model = await openModelServer(turns);
  const heard = new Heard();
  const asks: Ask[] = [];
  const mark = folder.slice(folder.lastIndexOf("-") + 1);
  const opened = await agentOf(mark, wishes.program).open({
    cwd: repository,
    home,
    state,
    model: "gpt-5.5",
    instructions: "You mend small repositories.",
    readOnly: false,
    gateway: { url: model.url, token: AGENT_TOKEN },
    modelIdleMs: 20_000,
    program: startProgram,
    spend: () => Promise.reject(new Error("only simulated agents spend by themselves")),
    heard: (event) => heard.take(event),
    ask: async (ask) => {
      asks.push(ask);
      return (await wishes.answer?.(ask)) ?? { kind: "granted", by: "policy" };
    },
    ...wishes.options,
  });
  if (!opened.ok) {
    await rm(folder, { recursive: true, force: true });
    await model[Symbol.asyncDispose]();
    throw new Error(`${opened.failure.code}: ${opened.failure.detail}`);
  }
  const session = opened.value;
  return {
    session,
    model,
    events: heard.events,
    asks,
    repository,
    folder,
    mark,
    heard: (kind) => heard.of(kind),
    event: (fits) => heard.first(fits),
    file: (name) => readFile(join(repository, name), "utf8").catch(() => null),
    [Symbol.asyncDispose]: async () => {
      await session[Symbol.asyncDispose]();
      const left = processesOf(mark);
      await rm(folder, { recursive: true, force: true });
      await model[Symbol.asyncDispose]();
      if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
    },
  };
}

export function agentOf(mark: string, program: Partial<CodexProgram> = {}): Agent {
  return codexAgent({ binary: CODEX_BIN, path: SYSTEM_PATH, attempt: mark, ...program });
}

async function makeRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  execFileSync("git", ["init", "-q", "-b", "main", folder]);
  await writeFile(join(folder, "README.md"), "# scratch\n");
  await writeAll(folder, files);
  const as = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  execFileSync("git", ["add", "-A"], { cwd: folder });
  execFileSync("git", [...as, "commit", "-q", "-m", "base"], { cwd: folder });
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

class Heard {
  readonly events: AgentEvent[] = [];
  readonly #waiting: { readonly fits: (event: AgentEvent) => boolean; readonly tell: (event: AgentEvent) => void }[] =
    [];

  take(event: AgentEvent): void {
    this.events.push(event);
    for (const { fits, tell } of this.#waiting) if (fits(event)) tell(event);
  }

  of<K extends AgentEvent["kind"]>(kind: K): readonly Extract<AgentEvent, { kind: K }>[] {
    return this.events.filter((event): event is Extract<AgentEvent, { kind: K }> => event.kind === kind);
  }

  first(fits: (event: AgentEvent) => boolean): Promise<AgentEvent> {
    const found = this.events.find(fits);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((tell) => void this.#waiting.push({ fits, tell }));
  }
}
