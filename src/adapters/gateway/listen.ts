import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { Gateway, type GatewayOptions } from "./gateway.ts";

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
}

/** Listens on loopback only, on a port of the system's choice unless one is named. */
export async function listenGateway(
  options: GatewayOptions,
  port: number = 0,
): Promise<Result<RunningGateway, Failure>> {
  const gateway = new Gateway(options);
  const timeouts = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS };
  const server = createServer({ maxHeaderSize: HEADER_BYTES, ...timeouts }, (request, response) =>
    gateway.take(request, response),
  );
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    await gateway[Symbol.asyncDispose]();
    return fail(notListening(port, error));
  }
  const address = server.address() as AddressInfo;
  return ok({
    port: address.port,
    url: `http://127.0.0.1:${address.port}/v1`,
    [Symbol.asyncDispose]: () => close(server, gateway),
  });
}

/** New requests stop first, then those under way are broken off and settled. */
async function close(server: Server, gateway: Gateway): Promise<void> {
  const closed = once(server, "close");
  server.close();
  gateway.breakOff();
  server.closeAllConnections();
  await gateway[Symbol.asyncDispose]();
  await closed;
}

function notListening(port: number, error: unknown): Failure {
  return {
    code: "port_taken",
    message: `The model gateway could not listen on 127.0.0.1:${port}.`,
    cause: error instanceof Error ? error.message : String(error),
    hint: "Do this: stop what listens there, or leave the port to the system with 0.",
    retry: "later",
  };
}
