import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Failure } from "../model/failure.ts";
import { api, type Reads, type Writes } from "./api.ts";
import { operatorOnlyWrites, ownHostOnly, SECURITY_HEADERS, type RequestRules } from "./guard-requests.ts";
import { refuse } from "./http-failure.ts";
import { live, type LiveFeed } from "./live.ts";

export interface HttpOptions {
  readonly rules: RequestRules;
  readonly reads: Reads;
  readonly writes: Writes;
  readonly feed: LiveFeed;
  readonly facts: {
    readonly version: string;
    readonly sample: () => Promise<boolean>;
    /** Names of the roles of this process that fail now. */
    readonly failing: () => readonly string[];
  };
  /** Folder of the built console page. */
  readonly page: string;
}

/** Every route of the server. Guards come first, so no handler ever sees a foreign host or an unsigned write. */
export function httpApp(options: HttpOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
  });
  app.use(ownHostOnly(options.rules), operatorOnlyWrites(options.rules));
  app.onError((error, context) => refuse(context, broken(error)));
  app.get("/healthz", (context) => context.json({ ok: true, version: options.facts.version }));
  app.get("/readyz", async (context) => {
    const failing = options.facts.failing();
    const isReady = failing.length === 0;
    const body = { ok: isReady, sample_data: await options.facts.sample(), ...(isReady ? {} : { failing }) };
    return context.json(body, isReady ? 200 : 503);
  });
  app.get("/live", (context) => live(context, options.feed));
  app.route("/api", api(options.reads, options.writes));
  app.use("/*", serveStatic({ root: options.page }));
  app.notFound((context) => refuse(context, NOT_FOUND));
  return app;
}

function broken(error: Error): Failure {
  return {
    code: "failed",
    message: `Something unexpected happened: ${error.message.split("\n")[0]}`,
    cause: "This is a bug in Codex Loop.",
    hint: "Do this: report it with the address you opened.",
    retry: "never",
  };
}

const NOT_FOUND: Failure = {
  code: "not_found",
  message: "There is nothing at this address.",
  cause: "No route of the console or the API has this path.",
  hint: "Do this: open / for the console, or /api/sessions for data.",
  retry: "never",
};
