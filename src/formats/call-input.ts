import { isObject, parseJson, stringAt } from "../kit/json.ts";
import { commandFamily } from "./command-family.ts";
import { changesOfPatch } from "./patch-changes.ts";
import { isShellTool } from "./tool-name.ts";
import type { RawChange } from "./record.ts";

/** What a call was asked to do, apart from its id and time. */
export interface CallInput {
  readonly tool: string;
  readonly input: string;
  readonly family: string;
  readonly escalated: boolean;
  readonly process: string | null;
  readonly changes: readonly RawChange[];
}

/** Reads the arguments of a tool: JSON text, an object, or free text (patches and code cells). */
export function callInput(tool: string, given: unknown): CallInput {
  const text = typeof given === "string" ? given : JSON.stringify(given ?? {});
  const parsed = typeof given === "string" && given.startsWith("{") ? parseJson(given) : given;
  const members = isObject(parsed) ? parsed : {};
  if (isShellTool(tool)) return shellInput(tool, members, text);
  return {
    tool,
    input: stringAt(members, "chars") ?? stringAt(members, "input") ?? text,
    family: tool,
    escalated: isEscalated(members),
    process: processOf(members),
    changes: tool === "apply_patch" ? changesOfPatch(stringAt(members, "input") ?? text) : [],
  };
}

function shellInput(tool: string, members: Record<string, unknown>, text: string): CallInput {
  const command = members["cmd"] ?? members["command"];
  const input = commandText(command) ?? text;
  const words = stringsOf(command);
  const family = typeof command === "string" ? commandFamily(command) : words === null ? tool : commandFamily(words);
  const changes = input.includes("*** Begin Patch") ? changesOfPatch(input) : [];
  return { tool, input, family, escalated: isEscalated(members), process: null, changes };
}

/** A command as one line: the script where an argument array only wraps it in a shell; `null` for neither text nor array. */
export function commandText(command: unknown): string | null {
  if (typeof command === "string") return command;
  const words = stringsOf(command);
  if (words === null) return null;
  const wrapsScript =
    words.length === 3 && /(?:^|\/)(?:ba|z|da|k)?sh$/.test(words[0] ?? "") && /^-[a-z]*c$/.test(words[1] ?? "");
  return wrapsScript ? (words[2] ?? "") : words.map(quoted).join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The words of an argument array; `null` for anything else. */
export function stringsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : null;
}

function isEscalated(members: Record<string, unknown>): boolean {
  return members["sandbox_permissions"] === "require_escalated" || members["with_escalated_permissions"] === true;
}

/** Codex numbers shell processes and code cells apart, so cells are told by their word. */
function processOf(members: Record<string, unknown>): string | null {
  const cell = members["cell_id"];
  if (typeof cell === "string" || typeof cell === "number") return `cell ${cell}`;
  const session = members["session_id"];
  return typeof session === "string" || typeof session === "number" ? String(session) : null;
}
