import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { httpApp, type HttpOptions } from "./http.ts";

export interface ServerOptions extends Omit<HttpOptions, "rules"> {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly token: string;
}

export interface RunningServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
}

/** Listens on one loopback address. A taken port is a `port_taken` failure that names the next free one to try. */
export async function startServer(options: ServerOptions): Promise<Result<RunningServer, Failure>> {
  // The hosts are known only once the port is: `rules.hosts` is filled before the first request can arrive.
  const hosts: string[] = [];
  const app = httpApp({ ...options, rules: { hosts, token: options.token } });
  const { promise, resolve } = Promise.withResolvers<Result<RunningServer, Failure>>();
  const server = serve({ fetch: app.fetch, hostname: options.host, port: options.port }, (info: AddressInfo) => {
    hosts.push(`127.0.0.1:${info.port}`, `localhost:${info.port}`, `[::1]:${info.port}`);
    resolve(ok({ port: info.port, url: `http://127.0.0.1:${info.port}/`, [Symbol.asyncDispose]: close }));
  });
  server.on("error", (error: NodeJS.ErrnoException) => resolve(fail(failureOf(error, options))));
  return promise;

  function close(): Promise<void> {
    return new Promise((done) => {
      server.close(() => done());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  }
}

function failureOf(error: NodeJS.ErrnoException, { host, port }: ServerOptions): Failure {
  if (error.code === "EADDRINUSE") {
    return {
      code: "port_taken",
      message: `Port ${port} on ${host} is taken.`,
      cause: "Another program listens there; it may be a Codex Loop that already runs.",
      hint: `Do this: ask who with \`ss -ltnp 'sport = :${port}'\`, or start with \`codex-loop up --port ${port + 1}\`.`,
      retry: "never",
    };
  }
  return {
    code: "failed",
    message: `The server could not listen on ${host}:${port}.`,
    cause: error.message,
    hint: "Do this: choose another address with --port.",
    retry: "never",
  };
}
