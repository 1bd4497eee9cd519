import { isObject, type Json } from "../../kit/json.ts";
import type { Answer } from "../../model/ask.ts";

/** The reply to a request of app-server's in its own words. */
export function replyTo(method: string, params: unknown, answer: Answer): Json {
  switch (method) {
    case "item/permissions/requestApproval":
      return { permissions: answer.kind === "granted" ? asked(params) : {}, scope: "turn" };
    case "item/tool/requestUserInput":
      return { answers: answersOf(answer) };
    case "mcpServer/elicitation/request":
      return elicitationReply(answer);
    default:
      return { decision: decisionOf(answer) };
  }
}

/** Without an answer the turn must not go on: `cancel` interrupts it, `decline` would let the agent try again. */
function decisionOf({ kind }: Answer): "accept" | "decline" | "cancel" {
  if (kind === "granted") return "accept";
  return kind === "denied" ? "decline" : "cancel";
}

/** True when the reply cannot end the turn by itself and somebody has to. */
export function mustInterrupt(method: string, { kind }: Answer): boolean {
  const hasCancel = /^item\/(?:commandExecution|fileChange)\//.test(method);
  return (kind === "expired" || kind === "void") && !hasCancel;
}

function asked(params: unknown): Json {
  const permissions = isObject(params) && isObject(params["permissions"]) ? params["permissions"] : {};
  return Object.fromEntries(Object.entries(permissions).filter(([, value]) => value !== null)) as Json;
}

function answersOf(answer: Answer): Json {
  const given = answer.kind === "granted" ? (answer.answers ?? {}) : {};
  return Object.fromEntries(Object.entries(given).map(([id, text]) => [id, { answers: [text] }]));
}

function elicitationReply(answer: Answer): Json {
  if (answer.kind === "granted") return { action: "accept", content: answer.answers ?? {}, _meta: null };
  return { action: answer.kind === "denied" ? "decline" : "cancel", content: null, _meta: null };
}
