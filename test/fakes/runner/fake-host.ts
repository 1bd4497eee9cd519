import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../../../src/kit/result.ts";
import type { Answer, Ask } from "../../../src/model/ask.ts";
import type { Launch } from "../../../src/model/launch.ts";
import type { ArtifactName, Verdict } from "../../../src/model/verdict.ts";
import type { Host, HostTrouble, Progress, Pulse, RunLine } from "../../../src/ports/host.ts";

/** A host in memory: keeps what it is told, and answers what a test has set. */
export class FakeHost implements Host {
  readonly lines: RunLine[] = [];
  readonly beats: Progress[] = [];
  readonly artifacts: Map<ArtifactName, string> = new Map();
  readonly recordings: Map<string, string> = new Map();
  readonly asked: Ask[] = [];
  /** Names of the calls that came when there was trouble, heartbeats and lines aside. */
  readonly unwanted: string[] = [];
  verdict: Verdict | null = null;
  /** What it wants at every beat from now on. */
  pulse: Pulse = { stop: null };
  /** Set: every call ends with it. */
  trouble: HostTrouble | null = null;
  answer: (ask: Ask) => Promise<Answer> = () => Promise.resolve({ kind: "granted", by: "policy" });
  spendable: number = Number.POSITIVE_INFINITY;
  /** Called with every line as it is told. */
  onLine: (line: RunLine) => void = () => {};
  readonly #launch: Launch;

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  events(): readonly string[] {
    return this.lines.map((line) => line.event);
  }

  readonly start: Host["start"] = () => this.#reply(this.#launch);

  readonly heartbeat: Host["heartbeat"] = (progress) => {
    this.beats.push(progress);
    return this.#reply(this.pulse);
  };

  readonly ask: Host["ask"] = async (ask) => {
    this.asked.push(ask);
    return this.trouble === null ? ok(await this.answer(ask)) : fail(this.trouble);
  };

  readonly spend: Host["spend"] = ({ input, output }) => {
    const fits = input + output <= this.spendable;
    if (fits) this.spendable -= input + output;
    return this.#reply(fits);
  };

  readonly tell: Host["tell"] = (lines) => {
    this.lines.push(...lines);
    for (const line of lines) this.onLine(line);
    return this.#reply(undefined);
  };

  readonly artifact: Host["artifact"] = (name, path) => {
    if (this.trouble !== null) this.unwanted.push(name);
    else this.artifacts.set(name, readFileSync(path, "utf8"));
    return this.#reply(undefined);
  };

  readonly recording: Host["recording"] = (name, path) => {
    this.recordings.set(name, readFileSync(path, "utf8"));
    return this.#reply(undefined);
  };

  readonly done: Host["done"] = (verdict) => {
    if (this.trouble !== null) this.unwanted.push("done");
    else this.verdict = verdict;
    return this.#reply(undefined);
  };

  #reply<T>(value: T): Promise<Result<T, HostTrouble>> {
    return Promise.resolve(this.trouble === null ? ok(value) : fail(this.trouble));
  }
}
