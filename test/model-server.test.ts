import { expect, test } from "vitest";
import { openModelServer } from "./fakes/model-server/model-server.ts";
import { answers, hasNoBudget, message, runs, says } from "./fakes/model-server/turns.ts";

function post(url: string, body: object, facts: object = {}): Promise<Response> {
  const headers = { "content-type": "application/json", "x-codex-turn-metadata": JSON.stringify(facts) };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

test("[RUN-1] the scripted model streams, answers plainly and compacts, and bills each answer once", async () => {
  const compacted = { type: "compaction", encrypted_content: "…" };
  await using model = await openModelServer([
    says("streamed"),
    says("plain"),
    answers([compacted], { who: "compaction", usage: { input: 7 } }),
    hasNoBudget(),
  ]);
  const stream = await (await post(`${model.url}/responses`, { model: "m", stream: true })).text();
  expect(stream.match(/^event: .*$/gm)).toEqual([
    "event: response.created",
    "event: response.output_item.added",
    "event: response.output_item.done",
    "event: response.completed",
  ]);
  expect(await (await post(`${model.url}/responses`, { model: "m" })).json()).toMatchObject({
    status: "completed",
    output: [message("plain")],
  });
  expect(await (await post(`${model.url}/responses/compact`, { model: "m" })).json()).toMatchObject({
    output: [compacted],
  });
  const refused = await post(`${model.url}/responses`, { stream: true });
  expect([refused.status, await refused.json()]).toMatchObject([429, { error: { code: "usage_limit_reached" } }]);
  expect(model.billed.map(({ responseId, usage }) => [responseId, usage.input])).toEqual([
    ["resp_scripted_0001", 1000],
    ["resp_scripted_0002", 1000],
    ["resp_scripted_0003", 7],
  ]);
});

test("[RUN-1] the scripted model fails a test for a request without a turn, a turn without a request, and words not seen", async () => {
  const model = await openModelServer([runs("c", "x", { saw: ['say "this"'] }), says("for a helper", { who: "sub" })]);
  await (await post(`${model.url}/responses`, { input: "nothing" })).text();
  expect((await post(`${model.url}/responses`, { input: "more" })).status).toBe(400);
  await expect(model[Symbol.asyncDispose]()).rejects.toThrow(
    /request 1 does not say say "this"[\s\S]*request 2 \(main\) has no turn[\s\S]*an unused turn: .*for a helper/,
  );
});

test("[RUN-1] the scripted model tells sub-agents and compactions by what the request says of itself", async () => {
  await using model = await openModelServer([
    says("to the helper", { who: "sub" }),
    says("a summary", { who: "compaction" }),
    says("to the run"),
  ]);
  const ids = { session_id: "s", thread_id: "s" };
  await post(`${model.url}/responses`, {}, ids);
  await post(`${model.url}/responses`, {}, { ...ids, thread_id: "other" });
  await post(`${model.url}/responses`, {}, { ...ids, request_kind: "compaction" });
  expect(model.requests.map(({ who, threadId }) => [who, threadId])).toEqual([
    ["main", "s"],
    ["sub", "other"],
    ["compaction", "s"],
  ]);
  expect((await fetch(`${model.url}/elsewhere`)).status).toBe(404);
  expect(model.strays).toEqual(["GET /v1/elsewhere"]);
});
