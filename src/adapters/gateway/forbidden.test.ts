import { expect, test } from "vitest";
import { idOf } from "../../model/ids.ts";
import { forbiddenIn } from "./forbidden.ts";
import { modelOf } from "../../formats/responses/read-answer.ts";

const isPriced = (model: string): boolean => model === "priced";

type Members = Record<string, unknown>;

function judge(members: Members, ordered: string | null = "ordered"): unknown {
  const document = { model: "ordered", ...members };
  const payer = { attemptId: idOf.attempt("a"), fence: 1, model: ordered };
  return forbiddenIn({ document, payer, model: modelOf(document), isPriced });
}

const inside = (part: object): Members => ({ input: [{ type: "message", role: "user", content: [part] }] });

test.each<[string, Members]>([
  ...[true, 1, "true", {}, []].map((value): [string, Members] => ["background", { background: value }]),
  ...[true, 1, "false"].map((value): [string, Members] => ["store", { store: value }]),
  ["previous_response_id", { previous_response_id: "resp_1" }],
  ["conversation", { conversation: "conv_1" }],
  ["conversation", { conversation: { id: "conv_1" } }],
  ["prompt", { prompt: { id: "pmpt_1" } }],
  ["item_reference", { input: [{ type: "item_reference", id: "msg_1" }] }],
  ["item_reference", { input: [{ id: "msg_1" }] }],
  ["item_reference", { input: [{ id: "msg_1", type: null }] }],
  ["remote_file", inside({ type: "input_file", file_id: "file_1" })],
  ["remote_file", inside({ type: "input_file", file_url: "https://example.org/x.pdf" })],
  ["remote_file", inside({ type: "input_image", file_id: "file_1" })],
  ["remote_file", inside({ type: "input_image", image_url: "https://example.org/x.png" })],
  ...["priority", "flex", "scale", "Default", 1].map((tier): [string, Members] => [
    "service_tier",
    { service_tier: tier },
  ]),
])("[GWY-3] %s is not sent: %j", (word, members) => {
  expect(judge(members)).toBe(word);
});

const HOSTED = [
  { type: "web_search" },
  { type: "web_search_preview_2025_03_11" },
  { type: "mcp", server_label: "x", server_url: "https://example.org" },
  { type: "mcp", server_label: "x", connector_id: "connector_gmail" },
  { type: "code_interpreter", container: { type: "auto" } },
  { type: "file_search", vector_store_ids: ["vs_1"] },
  { type: "image_generation" },
  { type: "computer_use_preview" },
  { type: "shell", environment: { type: "container_auto" } },
  { type: "tool_search" },
  { type: "tool_search", execution: "server" },
  { type: 7 },
  {},
  null,
  "web_search",
];
const NAMESPACE = { type: "namespace", name: "n" };

test.each(HOSTED.map((tool) => [tool]))("[GWY-3] a tool that the provider runs is not offered anywhere: %j", (tool) => {
  expect(judge({ tools: [{ type: "function", name: "f" }, tool] })).toBe("tool");
  expect(judge({ input: [{ type: "additional_tools", tools: [tool] }] })).toBe("tool");
  expect(judge({ tools: [{ ...NAMESPACE, tools: [{ ...NAMESPACE, tools: [tool] }] }] })).toBe("tool");
});

test("[GWY-3] what Codex itself sends passes, with schemas that name a member like a forbidden one", () => {
  const properties = { file_id: { type: "string" }, image_url: { type: "string" }, type: { type: "string" } };
  const named = { type: "function", name: "f", parameters: { type: "object", properties } };
  const tools = [
    named,
    { type: "custom", name: "apply_patch" },
    { type: "tool_search", execution: "client" },
    { ...NAMESPACE, tools: [named] },
    { type: "local_shell" },
  ];
  const absent = {
    background: false,
    previous_response_id: null,
    conversation: null,
    prompt: null,
    service_tier: null,
  };
  const input = [
    { role: "user", content: "a message without a type" },
    { type: "additional_tools", role: "developer", tools },
    { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "x" },
    {
      type: "function_call_output",
      call_id: "c",
      output: [{ type: "input_image", image_url: "data:image/png;base64,AA" }],
    },
  ];
  expect(judge({ ...absent, store: false, tools, input })).toBeNull();
  expect(judge({ input: "text", service_tier: "auto" })).toBeNull();
});

test("[GWY-3] the model is the order's, or one with a price; where the order leaves it open any goes", () => {
  expect(judge({ model: "ordered" })).toBeNull();
  expect(judge({ model: "priced" })).toBeNull();
  for (const model of ["other", "priced ", "", 7, null, undefined, ["ordered"]]) expect(judge({ model })).toBe("model");
  expect(judge({ model: "other" }, null)).toBeNull();
  expect(judge({ model: "no word at all" }, null)).toBe("model");
});
