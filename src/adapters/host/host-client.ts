import { openAsBlob } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../kit/clock.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Answer } from "../../model/ask.ts";
import type { Launch, Start } from "../../model/launch.ts";
import type { Host, HostTrouble, Pulse, RunLine } from "../../ports/host.ts";
import { FENCE_HEADER, type BodyCall, type FileCall } from "./wire.ts";

const FIRST_SILENCE_MS = 15_000;
const PAUSE_MS = 200;
/**
 * A host that is there and slow, or says that it is busy, is waited for this many times longer than one that is gone; the
 * lease of an attempt is longer still, so a runner ends its group before anybody else may take the task.
 */
const SLOW_TIMES = 6;
/** One try of a call, of one that waits for a person, and of one that brings a file. */
const TRY_MS = 5_000;
const ASK_TRY_MS = 30_000;
const FILE_TRY_MS = 120_000;

/** Milliseconds. */
export interface Patience {
  /** How long a silent host is waited for until the launch says otherwise. */
  readonly silenceMs?: number;
  /** How long one try of a call may take that waits for nobody. */
  readonly tryMs?: number;
}

interface Call {
  readonly name: BodyCall | FileCall;
  readonly query?: string;
  readonly body: () => Promise<string | Blob>;
  readonly tryMs: number;
}

type Answered = Result<unknown, HostTrouble>;
/** `gone`: nobody takes the call · `slow`: somebody took it and could not answer. */
type NoAnswer = "gone" | "slow";

/** The runner's end: every call carries the fence, and is made again until the host answers or has been silent too long. */
export class HostClient implements Host {
  readonly #start: Start;
  readonly #clock: Clock;
  readonly #tryMs: number;
  #silenceMs: number;
  #isSilent = false;
  #told = 0;

  constructor(start: Start, clock: Clock, patience: Patience = {}) {
    this.#start = start;
    this.#clock = clock;
    this.#silenceMs = patience.silenceMs ?? FIRST_SILENCE_MS;
    this.#tryMs = patience.tryMs ?? TRY_MS;
  }

  readonly start: Host["start"] = async (holder) => {
    const answer = await this.#send("start", { holder });
    if (!answer.ok) return answer;
    const launch = answer.value as Launch;
    this.#silenceMs = launch.hostSilenceMs;
    return ok(launch);
  };

  readonly heartbeat: Host["heartbeat"] = async (progress) => typed<Pulse>(await this.#send("heartbeat", progress));

  /** The host holds each try for a while, so asking on costs little. */
  readonly ask: Host["ask"] = async (ask) => {
    for (;;) {
      const answer = await this.#send("ask", ask, ASK_TRY_MS);
      if (!answer.ok) return answer;
      if (answer.value !== "pending") return ok(answer.value as Answer);
    }
  };

  readonly spend: Host["spend"] = async (usage) => typed<boolean>(await this.#send("spend", usage));

  readonly tell: Host["tell"] = async (lines: readonly RunLine[]) => {
    const before = this.#told;
    this.#told += lines.length;
    return nothing(await this.#send("tell", { before, lines }));
  };

  readonly artifact: Host["artifact"] = async (name, path) => nothing(await this.#sendFile("artifact", name, path));

  readonly recording: Host["recording"] = async (name, path) => nothing(await this.#sendFile("recording", name, path));

  readonly done: Host["done"] = async (verdict) => nothing(await this.#send("done", verdict));

  #send(name: BodyCall, body: unknown, tryMs: number = this.#tryMs): Promise<Answered> {
    const text = JSON.stringify(body);
    return this.#call({ name, body: () => Promise.resolve(text), tryMs });
  }

  #sendFile(call: FileCall, name: string, path: string): Promise<Answered> {
    const query = `?name=${encodeURIComponent(name)}`;
    return this.#call({ name: call, query, body: () => openAsBlob(path), tryMs: FILE_TRY_MS });
  }

  /** A host that was gone once gets one try of each call from then on: the attempt has ended because of it. */
  async #call(call: Call): Promise<Answered> {
    const begun = this.#clock.elapsed();
    for (;;) {
      const answer = await this.#try(call);
      if (answer !== "gone" && answer !== "slow") return answer;
      const patience = answer === "gone" ? this.#silenceMs : SLOW_TIMES * this.#silenceMs;
      if (this.#isSilent || this.#clock.elapsed() - begun >= patience) {
        this.#isSilent ||= answer === "gone";
        return fail("silent");
      }
      await wait(PAUSE_MS);
    }
  }

  async #try({ name, query = "", body, tryMs }: Call): Promise<Answered | NoAnswer> {
    const { host, attemptId, fence, token } = this.#start;
    const headers = { authorization: `Bearer ${token}`, [FENCE_HEADER]: String(fence) };
    const signal = AbortSignal.timeout(this.#isSilent ? Math.min(tryMs, 1_000) : tryMs);
    try {
      const url = `${host}/attempts/${encodeURIComponent(attemptId)}/${name}${query}`;
      const response = await fetch(url, { method: "POST", headers, body: await body(), signal });
      if (response.ok) return ok(await response.json());
      await response.body?.cancel();
      return troubleOf(response.status);
    } catch {
      return signal.aborted ? "slow" : "gone";
    }
  }
}

/** 5xx is a host that cannot just now; every other refusal is for good. */
function troubleOf(status: number): Answered | NoAnswer {
  if (status >= 500) return "slow";
  return fail(status === 409 ? "stale" : "refused");
}

/** The host is our own: what it answers has the form that its desk gave it. */
function typed<T>(answer: Answered): Result<T, HostTrouble> {
  return answer.ok ? ok(answer.value as T) : answer;
}

function nothing(answer: Answered): Result<void, HostTrouble> {
  return answer.ok ? ok(undefined) : answer;
}
