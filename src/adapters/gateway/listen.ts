import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo, ListenOptions } from "node:net";
import { tmpdir } from "node:os";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { Gateway, type GatewayOptions } from "./gateway.ts";
import { socketPlace } from "./socket-place.ts";

/** The longest head of a request: Codex's metadata names every folder it works in. */
const HEADER_BYTES = 64 * 1024;
/** Longer than agents keep idle connections, so that they close them and not we. */
const KEEP_ALIVE_MS = 120_000;
/** A whole request has to be here by then. */
const REQUEST_MS = 60_000;

export interface RunningGateway extends AsyncDisposable {
  /** Base address for agents, ending in `/v1`. */
  readonly url: string;
  readonly port: number;
  /** Absolute: the socket that is let through the walls of agents, which have no network. */
  readonly socket: string;
}

export interface GatewayPlace {
  /** The system's choice where it is left out. */
  readonly port?: number;
  /** Where the folder of the socket is made; the system's temporary folder where it is left out. */
  readonly folder?: string;
}

/** Listens on loopback and on a socket that only this account can reach. */
export async function listenGateway(
  options: GatewayOptions,
  { port = 0, folder = tmpdir() }: GatewayPlace = {},
): Promise<Result<RunningGateway, Failure>> {
  const gateway = new Gateway(options);
  const timeouts = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS };
  const serve = (): Server =>
    createServer({ maxHeaderSize: HEADER_BYTES, ...timeouts }, (request, response) => gateway.take(request, response));
  await using opening = new AsyncDisposableStack();
  opening.use(gateway);
  try {
    const place = await socketPlace(folder);
    opening.defer(() => place.remove());
    const behindWalls = await listening(serve(), { path: place.socket });
    opening.defer(() => close(behindWalls, gateway));
    const server = await listening(serve(), { port, host: "127.0.0.1" });
    opening.defer(() => close(server, gateway));
    const address = server.address() as AddressInfo;
    const opened = opening.move();
    return ok({
      port: address.port,
      url: `http://127.0.0.1:${address.port}/v1`,
      socket: place.socket,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    });
  } catch (error) {
    return fail(notListening(port, error));
  }
}

async function listening(server: Server, where: ListenOptions): Promise<Server> {
  server.listen(where);
  await once(server, "listening");
  return server;
}

/** New requests stop first, then those under way are broken off. */
async function close(server: Server, gateway: Gateway): Promise<void> {
  const closed = once(server, "close");
  server.close();
  gateway.breakOff();
  server.closeAllConnections();
  await closed;
}

function notListening(port: number, error: unknown): Failure {
  return {
    code: "port_taken",
    message: `The model gateway could not listen on 127.0.0.1:${port}, or on its socket.`,
    cause: error instanceof Error ? error.message : String(error),
    hint: "Do this: stop what listens there, or leave the port to the system with 0.",
    retry: "later",
  };
}
