import type { ReadPayload } from "./payload.ts";
import { stringAt } from "../../kit/json.ts";
import { isBoilerplate } from "./boilerplate.ts";
import { ignored } from "./event-lines.ts";
import { contentText } from "./payload.ts";

/**
 * A message item without envelope: the only place where these versions keep what was said. What Codex put before the
 * conversation is no message, but it is the only place that tells directory, policy and sandbox.
 */
export const readBareMessage: ReadPayload = (message) => {
  const role = stringAt(message, "role");
  const text = contentText(message["content"]);
  if (role === "assistant") return [{ kind: "message", at: null, turnId: null, role: "agent", text }];
  if (role !== "user") return ignored("bare/message");
  if (text.startsWith("<environment_context>")) return [contextOf(text)];
  return isBoilerplate(text)
    ? ignored("bare/message")
    : [{ kind: "message", at: null, turnId: null, role: "user", text }];
};

function contextOf(text: string): ReturnType<ReadPayload>[number] {
  const member = (name: string): string | null => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? null;
  return {
    kind: "context",
    at: null,
    turnId: null,
    model: null,
    approvalPolicy: member("approval_policy"),
    sandbox: member("sandbox_mode"),
    cwd: member("cwd"),
  };
}
