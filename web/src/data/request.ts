import { forgetOperator, operatorToken } from "./operator.ts";
import { isFailureBody, RequestFailure, UNREACHABLE } from "./request-failure.ts";

/** GET of one JSON document beside the page; a refusal or an unreachable server is thrown as a `RequestFailure`. */
export async function read<T>(path: string, signal: AbortSignal): Promise<T> {
  return answerOf<T>(await send(path, { signal }));
}

/** POST with the operator's token, with a JSON document where something has to be said. A token that the server refuses is forgotten, and the page becomes read-only again. */
export async function write<T>(path: string, body?: Readonly<Record<string, unknown>>): Promise<T> {
  const authorization = `Bearer ${operatorToken() ?? ""}`;
  const said =
    body === undefined
      ? { headers: { authorization } }
      : { headers: { authorization, "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await send(path, { method: "POST", ...said });
  if (response.status === 401) forgetOperator();
  return answerOf<T>(response);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestFailure(UNREACHABLE, null);
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (isFailureBody(body)) throw new RequestFailure(body.error, response.status);
  if (!response.ok || body === null)
    throw new RequestFailure({ ...UNREACHABLE, message: `The server answered ${response.status}.` }, response.status);
  // The parse border: server and page are one build, and the shapes are compiled into both.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return body as T;
}
