import type { IdeaId } from "./ids.ts";
import type { Redacted } from "./redacted.ts";
import type { Instant } from "./time.ts";

declare const controlScope: unique symbol;
/** `all`, `repository/PATH-or-OWNER/NAME` or `idea/ID`. */
export type ControlScope = string & { readonly [controlScope]: true };

export const controlScopeOf = {
  all: "all" as ControlScope,
  repository: (repository: string): ControlScope => `repository/${repository}` as ControlScope,
  idea: (id: IdeaId): ControlScope => `idea/${id}` as ControlScope,
};

/** `paused`: nothing new starts · `stopped`: running attempts end too. Either holds until a person resumes. */
export const CONTROL_WORDS = ["paused", "stopped"] as const;
export type ControlWord = (typeof CONTROL_WORDS)[number];

export interface Control {
  readonly scope: ControlScope;
  readonly word: ControlWord;
  readonly reason: Redacted;
  readonly actor: string;
  readonly at: Instant;
}

/** Those of the controls that hold this idea back, the widest first. */
export function controlsOver(
  controls: readonly Control[],
  { id, repository }: { readonly id: IdeaId; readonly repository: string },
): readonly Control[] {
  const scopes = [controlScopeOf.all, controlScopeOf.repository(repository), controlScopeOf.idea(id)];
  return scopes.flatMap((scope) => controls.filter((control) => control.scope === scope));
}
