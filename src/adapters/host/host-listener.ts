import { serve } from "@hono/node-server";
import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { AddressInfo } from "node:net";
import { parseJson } from "../../kit/json.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Ask } from "../../model/ask.ts";
import { FailureError, type Failure } from "../../model/failure.ts";
import type { Holder } from "../../model/holder.ts";
import { idOf } from "../../model/ids.ts";
import { ARTIFACT_NAMES, LARGEST_ARTIFACT, type Verdict } from "../../model/verdict.ts";
import type { Caller, Desk, DeskTrouble, ToldLines } from "../../ports/desk.ts";
import type { Progress, SimulatedUsage } from "../../ports/host.ts";
import { receiveFile } from "./receive-file.ts";
import { Uploads } from "./uploads.ts";
import { BODY_CALLS, bodyForms, FENCE_HEADER, RECORDING_NAME, type BodyCall } from "./wire.ts";

export interface ListenerOptions {
  readonly desk: Desk;
  /** Where files wait while they arrive. */
  readonly folder: string;
  /** Milliseconds that a file may go without a byte. */
  readonly idleMs?: number;
}

export interface RunningListener extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
}

const LARGEST_BODY = 32 * 1024 * 1024;
const IDLE_MS = 30_000;

/** Listens on a free loopback port for runners of this machine. Every call is checked by the desk. */
export async function startHostListener(options: ListenerOptions): Promise<Result<RunningListener, Failure>> {
  const { promise, resolve } = Promise.withResolvers<Result<RunningListener, Failure>>();
  const app = hostApp(options);
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) => {
    resolve(ok({ url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }));
  });
  server.on("error", (error: Error) => resolve(fail(notListening(error))));
  return promise;

  function close(): Promise<void> {
    return new Promise((done) => {
      server.close(() => done());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  }
}

/** The routes: a call of an attempt, and nothing else. */
function hostApp({ desk, folder, idleMs = IDLE_MS }: ListenerOptions): Hono {
  const uploads = new Uploads();
  const app = new Hono();
  const forms = bodyForms();
  app.onError((error, context) => {
    // A busy store is no answer: the runner comes again.
    const code = error instanceof FailureError ? error.failure.code : "failed";
    return context.json({ error: code }, 503);
  });
  for (const call of BODY_CALLS) {
    app.post(`/attempts/:id/${call}`, bodyLimit({ maxSize: LARGEST_BODY }), async (context) => {
      const caller = callerOf(context);
      if (caller === null) return context.json({ error: "refused" }, 401);
      const body = forms[call].safeParse(parseJson(await context.req.text()));
      if (!body.success) return context.json({ error: "unreadable", issues: body.error.issues.slice(0, 5) }, 400);
      return answer(context, await byCall(desk, call, { caller, body: body.data }));
    });
  }
  app.post("/attempts/:id/artifact", async (context) => {
    const name = ARTIFACT_NAMES.find((known) => known === context.req.query("name"));
    if (name === undefined) return context.json({ error: "unknown_artifact" }, 400);
    const limit = name === "branch.bundle" ? LARGEST_ARTIFACT.bundle : LARGEST_ARTIFACT.text;
    return withFile(context, { desk, uploads, folder, limit, idleMs }, (caller, path) =>
      desk.artifact(caller, { name, path }),
    );
  });
  app.post("/attempts/:id/recording", async (context) => {
    const name = context.req.query("name") ?? "";
    if (!RECORDING_NAME.test(name)) return context.json({ error: "unknown_recording" }, 400);
    const wish = { desk, uploads, folder, limit: LARGEST_ARTIFACT.recording, idleMs };
    return withFile(context, wish, (caller, path) => desk.recording(caller, { name, path }));
  });
  app.notFound((context) => context.json({ error: "not_found" }, 404));
  return app;
}

/** The forms have been checked; the casts give the bodies the types that the forms describe. */
function byCall(
  desk: Desk,
  call: BodyCall,
  { caller, body }: { readonly caller: Caller; readonly body: unknown },
): Promise<Result<unknown, DeskTrouble>> {
  switch (call) {
    case "start":
      return desk.start(caller, (body as { holder: string }).holder as Holder);
    case "heartbeat":
      return desk.heartbeat(caller, body as Progress);
    case "ask":
      return desk.ask(caller, body as Ask);
    case "spend":
      return desk.spend(caller, body as SimulatedUsage);
    case "tell":
      return desk.tell(caller, body as ToldLines);
    case "done":
      return desk.done(caller, body as Verdict);
  }
}

interface FileWish {
  readonly desk: Pick<Desk, "admit">;
  readonly uploads: Uploads;
  readonly folder: string;
  readonly limit: number;
  readonly idleMs: number;
}

/** Whoever has no token for this attempt brings not one byte to disk. What comes too late is still set aside by the desk. */
async function withFile(
  context: Context,
  wish: FileWish,
  take: (caller: Caller, path: string) => Promise<Result<void, DeskTrouble>>,
): Promise<Response> {
  const caller = callerOf(context);
  if (caller === null) return context.json({ error: "refused" }, 401);
  const admitted = await wish.desk.admit(caller);
  if (!admitted.ok && admitted.failure === "refused") return answer(context, admitted);
  using upload = wish.uploads.begin(caller.attemptId);
  if (upload === null) return context.json({ error: "busy" }, 503);
  await using file = await receiveFile(context.req.raw.body, wish);
  if (file.path === null) return context.json({ error: "too_large" }, 413);
  return answer(context, await take(caller, file.path));
}

function callerOf(context: Context): Caller | null {
  const token = /^Bearer (\S+)$/.exec(context.req.header("authorization") ?? "")?.[1];
  const fence = context.req.header(FENCE_HEADER) ?? "";
  if (token === undefined || !/^\d{1,15}$/.test(fence)) return null;
  return { attemptId: idOf.attempt(context.req.param("id") ?? ""), fence: Number(fence), token };
}

function answer(context: Context, result: Result<unknown, DeskTrouble>): Response {
  if (!result.ok) return context.json({ error: result.failure }, result.failure === "stale" ? 409 : 401);
  return Response.json(result.value ?? null);
}

function notListening(error: Error): Failure {
  return {
    code: "failed",
    message: "The host could not listen for its runners.",
    cause: error.message,
    hint: "Do this: allow this program to listen on 127.0.0.1.",
    retry: "later",
  };
}
