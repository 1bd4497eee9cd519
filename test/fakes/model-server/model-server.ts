/** A model provider on loopback that speaks the Responses API and answers with scripted turns. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { forbiddenIn } from "../../../src/adapters/gateway/forbidden.ts";
import { modelOf } from "../../../src/formats/responses/read-answer.ts";
import { idOf } from "../../../src/model/ids.ts";
import type { Forbidden } from "../../../src/model/model-request.ts";
import { type Json, stringAt } from "../../../src/kit/json.ts";
import type { ModelTurn, Usage } from "./model-turn.ts";
import { readRequest, type SeenRequest } from "./seen-request.ts";
import { SPAWNED_AGENT } from "./turns.ts";
import { writeReply } from "./write-reply.ts";

export interface Billed {
  readonly responseId: string;
  readonly usage: Usage;
  readonly request: SeenRequest;
}

/** Disposing closes it and throws when a request had no turn, a turn had no request, or a request lacked what it had to say. */
export interface ModelServer extends AsyncDisposable {
  /** Base address, ending in `/v1`. */
  readonly url: string;
  /** Requests for responses, in the order they came. */
  readonly requests: readonly SeenRequest[];
  /** Requests for anything else, as `GET /v1/models`. */
  readonly strays: readonly string[];
  readonly billed: readonly Billed[];
  add(...turns: readonly ModelTurn[]): void;
  /** The request of this number, from 1, as soon as it is there. */
  request(number: number): Promise<SeenRequest>;
  /** What went wrong so far. */
  problems(): readonly string[];
}

export async function openModelServer(turns: readonly ModelTurn[] = []): Promise<ModelServer> {
  const model = new ScriptedModel(turns);
  const server = createServer((request, response) => void model.answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests: model.requests,
    strays: model.strays,
    billed: model.billed,
    add: (...more) => model.add(more),
    request: (number) => model.request(number),
    problems: () => model.problems(),
    [Symbol.asyncDispose]: async () => {
      await close(server);
      const problems = model.problems();
      if (problems.length > 0) throw new Error(`The scripted model saw:\n${problems.join("\n")}`);
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

class ScriptedModel {
  readonly requests: SeenRequest[] = [];
  readonly strays: string[] = [];
  readonly billed: Billed[] = [];
  readonly #turns: ModelTurn[];
  readonly #problems: string[] = [];
  readonly #waiting: { readonly number: number; readonly tell: (request: SeenRequest) => void }[] = [];

  constructor(turns: readonly ModelTurn[]) {
    this.#turns = [...turns];
  }

  add(turns: readonly ModelTurn[]): void {
    this.#turns.push(...turns);
  }

  problems(): readonly string[] {
    return [...this.#problems, ...this.#turns.map((turn) => `an unused turn: ${JSON.stringify(turn)}`)];
  }

  request(number: number): Promise<SeenRequest> {
    const seen = this.requests[number - 1];
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((tell) => void this.#waiting.push({ number, tell }));
  }

  async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new Promise<boolean>((tell) => response.once("close", () => tell(!response.writableFinished)));
    const request = await readRequest(incoming, gone);
    if (incoming.method !== "POST" || !/\/responses(\/compact)?$/.test(request.path)) {
      this.#strayed(`${incoming.method} ${request.path}`, response);
      return;
    }
    this.#note(request);
    this.#reply(request, response);
  }

  #note(request: SeenRequest): void {
    this.requests.push(request);
    const not = wouldNotPass(request);
    if (not !== null) this.#problems.push(`request ${this.requests.length} would not pass our gateway: ${not}`);
    for (const { number, tell } of this.#waiting) if (number === this.requests.length) tell(request);
  }

  #reply(request: SeenRequest, response: ServerResponse): void {
    const at = this.#turns.findIndex((turn) => turn.who === request.who);
    const turn = at === -1 ? undefined : withSpawnedAgent(this.#turns[at], request.text);
    if (turn === undefined) {
      this.#problems.push(`request ${this.requests.length} (${request.who}) has no turn: ${request.text.slice(-2000)}`);
      sendStatus(response, 400, {
        error: { code: "unscripted", message: "The scripted model has no turn for this request." },
      });
      return;
    }
    this.#turns.splice(at, 1);
    this.#missing(turn, request);
    this.#send(turn, request, response);
  }

  #send(turn: ModelTurn, request: SeenRequest, response: ServerResponse): void {
    const id = `resp_scripted_${String(this.requests.length).padStart(4, "0")}`;
    const streamed = request.body["stream"] === true;
    const model = stringAt(request.body, "model") ?? "none";
    const compact = request.path.endsWith("/compact");
    if (writeReply(response, turn, { id, model, streamed, compact })) {
      this.billed.push({ responseId: id, usage: turn.usage, request });
    }
  }

  #missing(turn: ModelTurn, { text }: SeenRequest): void {
    for (const wanted of turn.saw.filter((part) => !text.includes(JSON.stringify(part).slice(1, -1)))) {
      this.#problems.push(`request ${this.requests.length} does not say ${wanted}: ${text.slice(-2000)}`);
    }
  }

  #strayed(what: string, response: ServerResponse): void {
    this.strays.push(what);
    if (what === "GET /v1/models") sendStatus(response, 200, { object: "list", data: [] });
    else sendStatus(response, 404, { error: { message: "not found" } });
  }
}

/** What the real Codex sends has to pass the gateway, in whatever mode a test runs it. */
function wouldNotPass({ body }: SeenRequest): Forbidden | null {
  const payer = { attemptId: idOf.attempt("any"), fence: 1, model: null };
  return forbiddenIn({ document: body, payer, model: modelOf(body), isPriced: () => true });
}

function withSpawnedAgent(turn: ModelTurn | undefined, text: string): ModelTurn | undefined {
  const said = JSON.stringify(turn);
  if (!said?.includes(SPAWNED_AGENT)) return turn;
  const id = [...text.matchAll(/agent_id\W+([0-9a-f-]{36})/g)].at(-1)?.[1] ?? "none";
  return JSON.parse(said.replaceAll(SPAWNED_AGENT, id)) as ModelTurn;
}

function sendStatus(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
