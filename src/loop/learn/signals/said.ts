import type { Message, SessionTrace } from "../../../model/trace.ts";
import { withoutQuotes } from "./without-quotes.ts";

/** A message a person typed, with only the words that are their own. */
export interface Said {
  readonly message: Message;
  readonly words: string;
  /** The opening instruction of the thread: its tone is mostly the task's, not the person's. */
  readonly opening: boolean;
}

/** Texts that Codex puts in the person's place. */
const INJECTED =
  /^\s*(?:<(?:environment_context|user_instructions|turn_aborted|permissions|collaboration_mode)\b|# AGENTS\.md instructions)/;

/**
 * What people said in a thread, in order. A sub-agent's "user" is another agent and says nothing here; a fork goes on
 * from a conversation, so its first message opens nothing.
 */
export function saidIn(trace: SessionTrace): readonly Said[] {
  if (trace.session.parentId !== null) return [];
  return trace.messages
    .filter((message) => message.role === "user" && !INJECTED.test(message.text))
    .map((message, index) => ({
      message,
      words: withoutQuotes(message.text),
      opening: index === 0 && trace.session.forkedFromId === null,
    }));
}
