/** Recordings of every format in which every text holds a made-up secret of its own, named after where it was planted. */
import { readFileSync } from "node:fs";
import { sha256 } from "../../src/kit/hash.ts";
import { isObject, parseJson } from "../../src/kit/json.ts";
import type { RecordingHome } from "./recording-home.ts";
import { sampleExecStream, sampleRollouts, sampleScenarios } from "./sample-recordings.ts";

/** Stands in the middle of every planted secret: in lower case, as a search index would hold it. */
const MARK = "zq7wcanary";

/** Where the secrets go: into texts alone, so that readers still know every call; or into ids, names and words too. */
export type Planting = "texts" | "everything";

/** Members that make a line what it is; without them nothing of it would be read. */
const STRUCTURE = new Set(["type", "timestamp", "schema_version", "tsIso", "role", "status", "kind"]);
const NAMES = /^(?:name|namespace|tool|server|decision|model|mode|source|approval_policy|sandbox_mode|.*permissions)$/;
const IDS = /(?:^|_)id$/i;

/** A token in the shape of a vendor's, the same for the same text: ids still join. */
export function plantedToken(text: string): string {
  return ["ghp", `${sha256(text).slice(0, 12)}${MARK}${sha256(text).slice(12, 26)}`].join("_");
}

/** The made-up secrets in `text`, as far as their names tell. */
export function plantedIn(text: string): readonly string[] {
  const found = text.toLowerCase().match(new RegExp(`.{0,24}${MARK}.{0,16}`, "gs")) ?? [];
  return [...new Set(found)];
}

/** Writes all recordings we ship, and lines that none of them has, into `home`. */
export async function plantRecordings(home: RecordingHome, planting: Planting): Promise<void> {
  for (const scenario of [...sampleScenarios("0.169.0"), ...sampleScenarios("older")]) {
    for (const { name, lines } of sampleRollouts(scenario)) await home.write(name, plantedLines(lines, planting));
    const stream = sampleExecStream(scenario);
    if (stream !== null) await home.write(`${scenario.replace("/", "-")}.jsonl`, plantedLines(stream.lines, planting));
  }
  for (const name of ["flat", "nested", "generated", "terminal-abort", "terminal-denied"])
    await home.write(`spine/${name}/segment-0001.jsonl`, plantedLines(goldenLines(`spine/${name}.jsonl`), planting));
  await home.write("toolcalls.ndjson", plantedLines(goldenLines("toolcalls/day.ndjson"), planting));
  for (const [name, lines] of Object.entries(ODD_FILES))
    await home.write(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

function goldenLines(path: string): readonly string[] {
  const text = readFileSync(new URL(`../golden/${path}`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line !== "");
}

function plantedLines(lines: readonly (Uint8Array | string)[], planting: Planting): string {
  return lines.map((line) => `${plantedLine(Buffer.from(line).toString("utf8"), planting)}\n`).join("");
}

function plantedLine(line: string, planting: Planting): string {
  const parsed = parseJson(line);
  return parsed === undefined ? line : JSON.stringify(planted(parsed, "", planting));
}

function planted(value: unknown, name: string, planting: Planting): unknown {
  if (typeof value === "string") return plantedText(value, name, planting);
  if (Array.isArray(value)) return value.map((item) => planted(item, name, planting));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => {
    const isPath = name === "changes" || name === "codex_error_info";
    return [isPath ? `${key}-${plantedToken(key)}` : key, planted(member, key, planting)];
  });
  return Object.fromEntries(members);
}

function plantedText(text: string, name: string, planting: Planting): string {
  if (STRUCTURE.has(name) || text === "" || /^\d{4}-\d\d-\d\dT/.test(text)) return text;
  if (planting === "texts" && (NAMES.test(name) || IDS.test(name))) return text;
  if (/^[[{]/.test(text)) {
    const parsed = parseJson(text);
    if (parsed !== undefined) return JSON.stringify(planted(parsed, name, planting));
  }
  if (/^https?:\/\//.test(text)) return text.replace("://", `://deploy:${plantedToken(text).slice(4)}@`);
  if (IDS.test(name) || !/\s/.test(text)) return `${text}-${plantedToken(text)}`;
  return text.includes("\n") ? plantedInLines(text) : `${plantedToken(text)} ${text}`;
}

/** What Codex writes above an output says what the output is, and is left as it stands. */
const HEAD = /^(?:Exit code|Wall time|Chunk ID|Process |Script |Total output|Output:|\*\*\* (?:Begin|End)|@@|<|#)/;

function plantedInLines(text: string): string {
  const lines = text.split("\n");
  return lines.map((line) => (line === "" || HEAD.test(line) ? line : `${line} ${plantedToken(line)}`)).join("\n");
}

const AT = "2026-11-20T03:00:00.000Z";
const THREAD = "01a1f6cf-0000-7000-8000-000000000001";
const ODD_TYPE = plantedToken("a type nobody knows");
const LONG = "x".repeat(300_000);

function event(payload: Record<string, unknown>): unknown {
  return { timestamp: AT, type: "event_msg", payload };
}

function said(where: string): string {
  return `${where}: ${plantedToken(where)}`;
}

function spine(type: string, payload: Record<string, unknown>): unknown {
  const envelope = { schema_version: "codex_trace_spine_v1", thread_id: THREAD, seq: 1, timestamp: AT };
  return { ...envelope, type, payload };
}

const ENVIRONMENT = `<environment_context>
  <cwd>/home/${plantedToken("context cwd")}</cwd>
  <approval_policy>${plantedToken("policy")}</approval_policy>
  <sandbox_mode>${plantedToken("sandbox")}</sandbox_mode>
</environment_context>`;

/** Lines that arrive as their beginning only, which ends inside a secret: somewhere else in it for every `shift`. */
function longLines(shift: number): readonly unknown[] {
  const secret = plantedToken("long");
  const secrets = `${secret} `.repeat(7_000);
  const output = `Exit code: 1\nOutput:\n${".".repeat(64_300 + shift)}${secrets}`;
  const wide = `${".".repeat(shift)}${"€".repeat(21_000)}${secrets}`;
  const files = `*** Add File: ${secret}\n+x\n`.repeat(5_000);
  const patch = `*** Begin Patch\n*** Add File: ${shift}\n+${".".repeat(64_000 + shift)}\n${files}`;
  const item = (payload: Record<string, unknown>): unknown => ({ timestamp: AT, type: "response_item", payload });
  return [
    item({ type: "function_call", name: "exec_command", arguments: '{"cmd":"ls"}', call_id: `call ${shift}` }),
    item({ type: "function_call_output", call_id: `call ${shift}`, output }),
    event({ type: "agent_message", message: wide }),
    event({ type: "user_message", message: wide }),
    item({ type: "custom_tool_call", name: "apply_patch", call_id: `patch ${shift}`, input: patch }),
  ];
}

/** What Codex writes seldom, what nobody ever wrote, and lines that are too long to arrive whole. */
const ODD_FILES: Readonly<Record<string, readonly unknown[]>> = {
  "rollout-2026-11-20T03-00-00-01a1f6cf-0000-7000-8000-000000000001.jsonl": [
    { timestamp: AT, type: "session_meta", payload: { id: THREAD, cwd: `/home/${plantedToken("cwd")}`, git: {} } },
    event({ type: "task_started", turn_id: "turn 1" }),
    event({ type: "error", message: said("error"), codex_error_info: { [plantedToken("error word")]: {} } }),
    event({ type: "stream_error", message: said("stream error") }),
    event({ type: "warning", message: said("warning") }),
    event({ type: "turn_aborted", turn_id: "turn 1", reason: plantedToken("abort reason") }),
    event({ type: "task_started", turn_id: "turn 2" }),
    event({ type: "task_complete", turn_id: "turn 2", error: { message: said("turn error") } }),
    event({ type: ODD_TYPE }),
    event({ type: "item_completed", item: { type: ODD_TYPE, id: "i" } }),
    { timestamp: AT, type: ODD_TYPE, payload: {} },
    { timestamp: AT, type: "response_item", payload: { type: ODD_TYPE, text: LONG } },
    { timestamp: AT, type: "response_item", payload: { type: "function_call", name: said("tool"), call_id: "c" } },
    event({ type: "item_completed", item: { type: "McpToolCall", id: "m", server: said("server"), tool: "t" } }),
  ],
  "rollout-2026-11-20T03-00-01-01a1f6cf-0000-7000-8000-000000000002.jsonl": [
    { id: "01a1f6cf-0000-7000-8000-000000000002", timestamp: AT, instructions: null },
    { type: "message", role: "user", content: [{ type: "input_text", text: ENVIRONMENT }] },
    { type: "message", role: "user", content: [{ type: "input_text", text: "hello" }] },
  ],
  "rollout-2026-11-20T03-00-02-01a1f6cf-0000-7000-8000-000000000003.jsonl": [
    { timestamp: AT, type: "session_meta", payload: { id: "01a1f6cf-0000-7000-8000-000000000003" } },
    event({ type: "task_started", turn_id: "turn 1" }),
    ...Array.from({ length: 14 }, (_, shift) => longLines(5 * shift)).flat(),
  ],
  "odd-stream.jsonl": [
    { type: "thread.started", thread_id: "an odd stream" },
    { type: "turn.started" },
    { type: "error", message: said("stream's error") },
    { type: "item.completed", item: { type: "error", id: "item_1", message: said("item error") } },
    { type: "item.completed", item: { type: ODD_TYPE, id: "item_2" } },
    { type: ODD_TYPE },
    { type: "turn.failed", error: { message: said("failure") } },
  ],
  "spine/odd/segment-0001.jsonl": [
    spine("session_meta", { id: THREAD }),
    spine("event", { id: "t", msg: { type: ODD_TYPE } }),
    spine("event", { id: "t", msg: { type: ODD_TYPE, text: LONG } }),
    spine("event", { id: "t", msg: { type: "warning", message: said("spine warning") } }),
    spine("submission", { id: "s", op: { type: ODD_TYPE } }),
    spine(ODD_TYPE, { text: LONG }),
    spine(ODD_TYPE, {}),
  ],
};
