/** The model gateway: the one way from an agent to a model, and the place where its spending ends. */
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { TokenPayer } from "../../model/model-request.ts";
import type { Meter } from "../../ports/meter.ts";
import { AttemptSlots, SLOT_LIMITS, type SlotLimits } from "./attempt-slots.ts";
import { Exchange, type Settle } from "./exchange.ts";
import { forbiddenIn } from "./forbidden.ts";
import { headersForProvider, type Upstream } from "./forwarded-headers.ts";
import { OpenExchanges } from "./open-exchanges.ts";
import { BODY_LIMITS, Bodies, type BodyLimits, type BodyTrouble } from "./read-body.ts";
import {
  capHit,
  COMPRESSED,
  CROWDED,
  forbidden,
  NO_ROUTE,
  NO_TOKEN,
  OVERLOADED,
  refuse,
  TOO_LARGE,
  UNREADABLE,
  type Refusal,
} from "./refusals.ts";
import { requestDocument } from "./request-document.ts";
import { factsOf, METADATA_HEADER } from "./request-facts.ts";
import { routeOf, type Route } from "./routes.ts";

export interface GatewayOptions {
  readonly meter: Meter;
  readonly upstream: Upstream;
  /** Milliseconds without a byte from the provider. */
  readonly idleMs: number;
  readonly bodies?: BodyLimits;
  readonly slots?: SlotLimits;
  /** Told when the ledger could not be asked or told; never anything of a request. */
  readonly trouble: (error: unknown) => void;
}

/** A request that has a route and a payer. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly payer: TokenPayer;
}

export class Gateway implements AsyncDisposable {
  readonly #options: GatewayOptions;
  readonly #bodies: Bodies;
  readonly #slots: AttemptSlots;
  readonly #open = new OpenExchanges();
  readonly #agent: http.Agent;
  readonly #running = new Set<Promise<void>>();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#bodies = new Bodies(options.bodies ?? BODY_LIMITS);
    this.#slots = new AttemptSlots(options.slots ?? SLOT_LIMITS);
    const sockets = { keepAlive: true, maxSockets: Infinity, maxFreeSockets: 32 };
    this.#agent = options.upstream.url.protocol === "https:" ? new https.Agent(sockets) : new http.Agent(sockets);
  }

  /** Answers one request of an agent. Never rejects. */
  take(request: IncomingMessage, response: ServerResponse): void {
    // A connection that breaks is seen by who reads or writes it; without a listener it would end the process.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    const running = this.#answer(request, response).catch((error: unknown) => {
      this.#options.trouble(error);
      refuse(response, OVERLOADED);
    });
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request.method, request.url);
    if (route === null) return refuse(response, NO_ROUTE);
    const token = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? "")?.[1];
    const payer = token === undefined ? null : await this.#options.meter.payer(token);
    if (payer === null) return refuse(response, NO_TOKEN);
    if (request.headers["content-encoding"] !== undefined) return refuse(response, COMPRESSED);
    using slot = await this.#slots.take(payer.attemptId);
    if (slot === null) return refuseUnread(response, CROWDED);
    await this.#read({ request, response, route, payer });
  }

  async #read(asked: Asked): Promise<void> {
    const body = await this.#bodies.read(asked.request);
    if (body.kind !== "held") return refuseBody(asked.response, body);
    try {
      await this.#pass(asked, body.bytes);
    } finally {
      body.release();
    }
  }

  async #pass(asked: Asked, body: Buffer): Promise<void> {
    const { request, response, route, payer } = asked;
    if (!route.counted) return this.#exchange(asked, body, async () => undefined);
    const read = requestDocument(body);
    if (read === null) return refuse(response, UNREADABLE);
    const metadata = request.headers[METADATA_HEADER];
    const facts = factsOf(read, typeof metadata === "string" ? metadata : undefined, route.name);
    const { meter } = this.#options;
    const isPriced = (model: string): boolean => meter.isPriced(model);
    const not = forbiddenIn({ document: read.document, payer, model: facts.model, isPriced });
    if (not !== null) {
      await meter.forbid(payer, facts, not);
      return refuse(response, forbidden(not));
    }
    await this.#open.settleAnswered(payer.attemptId);
    const reservation = await meter.reserve(payer, facts);
    if (reservation.kind === "refused") return refuse(response, capHit(reservation));
    const { id } = reservation;
    await this.#exchange(asked, read.bytes, (settlement) => meter.settle(id, settlement));
  }

  async #exchange({ request, response, route, payer }: Asked, body: Buffer, settle: Settle): Promise<void> {
    const { upstream, idleMs } = this.#options;
    const exchange = new Exchange({ response, settle, key: upstream.key });
    const url = new URL(`${upstream.url.href.replace(/\/+$/, "")}${route.path}${route.query}`);
    const headers = headersForProvider(request.headers, upstream, body.length);
    this.#open.add(payer.attemptId, exchange);
    try {
      await exchange.run({ url, method: route.method, headers, body, agent: this.#agent, idleMs });
    } finally {
      this.#open.remove(payer.attemptId, exchange);
    }
  }

  /** Breaks off every exchange under way. */
  breakOff(): void {
    this.#open.breakOffAll();
  }

  /** Waits until every request is answered and settled: end their connections before. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#running);
    this.#agent.destroy();
  }
}

function refuseBody(response: ServerResponse, { kind }: BodyTrouble): void {
  if (kind === "gone") return void response.destroy();
  refuseUnread(response, kind === "too_large" ? TOO_LARGE : OVERLOADED);
}

/** The rest of the body is not read, so nothing more can come on this connection. */
function refuseUnread(response: ServerResponse, refusal: Refusal): void {
  if (!response.headersSent) response.setHeader("connection", "close");
  refuse(response, refusal);
}
