import type { Json } from "../../kit/json.ts";
import type { AgentOptions } from "../../ports/agent.ts";

/** Notifications that say nothing which is not said again: deltas of texts and of command output. */
const NOT_WANTED = [
  "item/agentMessage/delta",
  "item/reasoning/summaryTextDelta",
  "item/reasoning/summaryPartAdded",
  "item/reasoning/textDelta",
  "item/commandExecution/outputDelta",
  "item/fileChange/outputDelta",
  "item/fileChange/patchUpdated",
  "item/plan/delta",
];

/** Parameters of `initialize`. The name becomes the recording's originator; the version says nothing that Codex uses. */
export const GREETING: Json = {
  clientInfo: { name: "codex-loop", title: "Codex Loop", version: "1" },
  capabilities: { experimentalApi: true, requestAttestation: false, optOutNotificationMethods: NOT_WANTED },
};

/** Parameters of `thread/start`. */
export function threadWish(options: Pick<AgentOptions, "cwd" | "model" | "instructions" | "readOnly">): Json {
  const { cwd, model, instructions, readOnly } = options;
  return {
    cwd,
    ...(model === null ? {} : { model }),
    approvalPolicy: "on-request",
    sandbox: readOnly ? "read-only" : "workspace-write",
    developerInstructions: instructions,
    // Quick denials and unknown tools leave no item: only the raw items show every call.
    experimentalRawEvents: true,
  };
}

/** What a person, or we, say to the agent. */
export function textInput(text: string): Json {
  return [{ type: "text", text, text_elements: [] }];
}
