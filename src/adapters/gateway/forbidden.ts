/** What a request may not ask for: anything that spends, or reaches outside, where nobody counts it. */
import { isObject, stringAt } from "../../kit/json.ts";
import type { Forbidden, TokenPayer } from "../../model/model-request.ts";

export interface Asking {
  readonly document: Readonly<Record<string, unknown>>;
  readonly payer: TokenPayer;
  /** The model as it is billed; `null` when the request names none that can stand in a row. */
  readonly model: string | null;
  readonly isPriced: (model: string) => boolean;
}

/** Why it is not sent; `null`: it may be. */
export function forbiddenIn(asking: Asking): Forbidden | null {
  const { document } = asking;
  const member = MEMBERS.find((name) => !isAbsent(document[name]));
  if (member !== undefined) return member;
  if (!PLAIN_TIERS.some((tier) => tier === (document["service_tier"] ?? "auto"))) return "service_tier";
  if (!isModelAllowed(asking)) return "model";
  if (toolsOf(document).some((tool) => !isAllowedTool(tool))) return "tool";
  if (itemsOf(document).some(isReference)) return "item_reference";
  return hasRemote(document) ? "remote_file" : null;
}

/** Each has the provider read or go on with something that does not stand in the request. */
const MEMBERS = ["background", "store", "previous_response_id", "conversation", "prompt"] as const;
/** Every other tier has a price of its own. */
const PLAIN_TIERS = ["auto", "default"];

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === false;
}

/** The model of the order, or one whose price is known: sub-agents may use another, but never one that costs unseen. */
function isModelAllowed({ document, payer, model, isPriced }: Asking): boolean {
  if (model === null) return isAbsent(document["model"]) && payer.model === null;
  return payer.model === null || payer.model === model || isPriced(model);
}

/** Tools that Codex itself runs. A hosted one works at the provider: no wall sees it, and its price is in no usage. */
const TOOL_TYPES = ["function", "custom", "namespace", "local_shell"];

function isAllowedTool(tool: unknown): boolean {
  const type = stringAt(tool, "type") ?? "";
  if (type === "tool_search") return stringAt(tool, "execution") === "client";
  return TOOL_TYPES.includes(type);
}

/** The tools a request offers, in whatever place: beside the input, as an item of it, inside a namespace. */
function toolsOf(document: Readonly<Record<string, unknown>>): readonly unknown[] {
  const left: unknown[] = [document, ...itemsOf(document)];
  const tools: unknown[] = [];
  for (let holder = left.pop(); holder !== undefined; holder = left.pop()) {
    const held = isObject(holder) ? holder["tools"] : undefined;
    if (!Array.isArray(held)) continue;
    for (const tool of held) {
      tools.push(tool);
      left.push(tool ?? {});
    }
  }
  return tools;
}

function itemsOf(document: Readonly<Record<string, unknown>>): readonly unknown[] {
  const input = document["input"];
  return Array.isArray(input) ? input : [];
}

/** An item that stands at the provider; its type may be left out, and then only a message has none either. */
function isReference(item: unknown): boolean {
  const type = stringAt(item, "type");
  return type === "item_reference" || (type === null && stringAt(item, "role") === null);
}

/** Walks without recursion: the body may be nested very deeply. */
function hasRemote(document: unknown): boolean {
  const left: unknown[] = [document];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (Array.isArray(value)) for (const item of value) left.push(item);
    else if (isObject(value)) {
      if (isRemote(value)) return true;
      for (const item of Object.values(value)) left.push(item);
    }
  }
  return false;
}

/** A text under these names is an address. In the schema of a tool they name a member, and that is an object. */
function isRemote(value: Readonly<Record<string, unknown>>): boolean {
  const image = stringAt(value, "image_url");
  return (
    stringAt(value, "file_id") !== null ||
    stringAt(value, "file_url") !== null ||
    (image !== null && !image.startsWith("data:"))
  );
}
