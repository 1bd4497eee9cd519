import { canonicalJson, isObject, stringAt } from "../../kit/json.ts";
import type { Ask, AskedQuestion } from "../../model/ask.ts";
import { pathsOf, scriptOf } from "./call-watch.ts";
import { commandWords } from "./command-words.ts";

/** What a request of app-server's asks; `null` for requests that ask a person nothing. */
export function readAsk(method: string, params: unknown, patchItem: unknown): Ask | null {
  switch (method) {
    case "item/commandExecution/requestApproval":
      return commandAsk(params);
    case "item/fileChange/requestApproval":
      return patchAsk(params, patchItem);
    case "item/permissions/requestApproval":
      return { ...base(params, "permissions"), subject: textOf(params, "permissions") };
    case "item/tool/requestUserInput":
      return inputAsk(params);
    case "mcpServer/elicitation/request":
      return elicitationAsk(params);
    default:
      return null;
  }
}

/** Thread, call and approval name one question for good; the request's own number would be another after a restart. */
function base(params: unknown, action: Ask["action"]): Omit<Ask, "subject"> {
  const callId = stringAt(params, "itemId");
  const parts = [action, stringAt(params, "threadId"), callId, stringAt(params, "approvalId")];
  return {
    key: parts.filter((part) => part !== null).join("/"),
    action,
    reason: stringAt(params, "reason") ?? "",
    callId,
  };
}

function commandAsk(params: unknown): Ask {
  const line = stringAt(params, "command") ?? "";
  const cwd = stringAt(params, "cwd");
  const network = isObject(params) ? params["networkApprovalContext"] : null;
  if (isObject(network)) return { ...base(params, "permissions"), subject: `network: ${canonicalJson(network)}` };
  const command = commandWords(line);
  return {
    ...base(params, "command"),
    subject: scriptOf(line),
    ...(command === null ? {} : { command }),
    ...(cwd === null ? {} : { cwd }),
  };
}

/** The request names no path: they stand in the item that was started under the same id. */
function patchAsk(params: unknown, item: unknown): Ask {
  const root = stringAt(params, "grantRoot");
  const changes = isObject(item) && Array.isArray(item["changes"]) ? item["changes"] : [];
  const patch = changes.map(
    (change: unknown) => `${pathsOf({ changes: [change] }).join(" → ")}\n${stringAt(change, "diff") ?? ""}`,
  );
  const subject = [...patch, ...(root === null ? [] : [`and to write below ${root} from now on`])].join("\n");
  return { ...base(params, "patch"), subject, paths: [...pathsOf(item), ...(root === null ? [] : [root])] };
}

function inputAsk(params: unknown): Ask {
  const given = isObject(params) && Array.isArray(params["questions"]) ? params["questions"] : [];
  const questions = given.map(readQuestion);
  return { ...base(params, "input"), subject: questions.map(({ text }) => text).join("\n"), questions };
}

function readQuestion(question: unknown): AskedQuestion {
  const options = isObject(question) && Array.isArray(question["options"]) ? question["options"] : [];
  return {
    id: stringAt(question, "id") ?? "",
    text: stringAt(question, "question") ?? "",
    options: options.map((option: unknown) => stringAt(option, "label") ?? ""),
  };
}

function elicitationAsk(params: unknown): Ask {
  const server = stringAt(params, "serverName") ?? "unknown";
  const message = stringAt(params, "message") ?? stringAt(params, "title") ?? "";
  const subject = `${server} asks: ${message}`;
  const key = ["input", stringAt(params, "threadId"), stringAt(params, "turnId"), server, message].join("/");
  return { key, action: "input", subject, reason: message, callId: null };
}

function textOf(params: unknown, key: string): string {
  return canonicalJson(isObject(params) ? params[key] : null);
}
