import type { AgentEvent } from "../ports/agent.ts";
import type { Run } from "./run.ts";

/** Takes in what the agent tells: counts it, remembers its session, and passes it on to whoever watches. */
export function hear(run: Run, event: AgentEvent): void {
  const { kind, ...facts } = event;
  if (event.kind === "call_started") run.caps.countToolCall();
  if (event.kind === "session") {
    run.now.sessionId = event.sessionId;
    run.now.rolloutPath = event.rolloutPath;
    run.log.tell("session", { sessionId: event.sessionId });
  } else run.log.tell(kind, facts);
}
