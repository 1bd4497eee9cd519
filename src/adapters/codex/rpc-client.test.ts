import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Json } from "../../kit/json.ts";
import { readLines } from "./read-lines.ts";
import { RpcClient, type RpcHandlers } from "./rpc-client.ts";

/** A client, and the server's side of its wire. */
function wired(handlers: Partial<RpcHandlers> = {}): {
  readonly client: RpcClient;
  say(...messages: readonly (Json | string)[]): void;
  heard(): Promise<unknown>;
  end(): void;
} {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const client = new RpcClient(
    { stdin, stdout },
    { notified: () => undefined, asked: () => null, gone: () => undefined, ...handlers },
  );
  const lines = readLines(stdin);
  return {
    client,
    say: (...messages) => {
      for (const message of messages)
        stdout.write(`${typeof message === "string" ? message : JSON.stringify(message)}\n`);
    },
    heard: async () => JSON.parse(String((await lines.next()).value)) as unknown,
    end: () => stdout.end(),
  };
}

test("[RUN-1] answers find their requests whatever their order, and errors are data", async () => {
  const { client, say, heard } = wired();
  const answers = [client.request("a", { x: 1 }), client.request("b", {})];
  expect(await heard()).toEqual({ id: 1, method: "a", params: { x: 1 } });
  say({ id: 2, error: { code: -1, message: "no" } }, { id: 1, result: [7] });
  expect(await Promise.all(answers)).toEqual([
    { ok: true, value: [7] },
    { ok: false, failure: { kind: "refused", message: "no" } },
  ]);
});

test("[RUN-7] a request of the server's with id 0 is a request, and its answer carries that id", async () => {
  const { say, heard } = wired({ asked: (method) => Promise.resolve({ decided: method }) });
  say({ id: 0, method: "may I", params: {} });
  expect(await heard()).toEqual({ id: 0, result: { decided: "may I" } });
});

test("[RUN-1] an unknown request is answered with an error, and what is no message is passed over", async () => {
  const told: string[] = [];
  const { say, heard } = wired({ notified: (method) => void told.push(method) });
  say(
    "not json",
    "7",
    "null",
    { id: {}, method: 3 },
    { id: 77, result: 1 },
    { method: "news" },
    { id: "x", method: "account/what" },
  );
  expect(await heard()).toEqual({ id: "x", error: { code: -32601, message: expect.stringContaining("account/what") } });
  expect(told).toEqual(["news"]);
});

test("[RUN-7] a request that the server withdrew gets no answer", async () => {
  const { promise, resolve } = Promise.withResolvers<Json>();
  const { client, say, heard } = wired({ asked: (method) => (method === "slow" ? promise : Promise.resolve("quick")) });
  say({ id: 1, method: "slow" }, { id: 2, method: "quick" });
  expect(await heard()).toEqual({ id: 2, result: "quick" });
  client.withdraw(1);
  resolve("late");
  await promise;
  say({ id: 3, method: "quick" });
  expect(await heard()).toEqual({ id: 3, result: "quick" });
});

test("[RUN-1] when the server is gone every pending and later request says so", async () => {
  const { promise: gone, resolve } = Promise.withResolvers<string>();
  const { client, end } = wired({ gone: resolve });
  const pending = client.request("a", {});
  end();
  expect(await pending).toMatchObject({ ok: false, failure: { kind: "gone" } });
  expect(await gone).toBe("it closed its output");
  expect(await client.request("b", {})).toMatchObject({ ok: false, failure: { kind: "gone" } });
});
