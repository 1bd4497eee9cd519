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

/** The parts of an idea that controls go by. */
export interface Controlled {
  readonly id: IdeaId;
  readonly repository: string;
}

export function covers(scope: ControlScope, { id, repository }: Controlled): boolean {
  return (
    scope === controlScopeOf.all || scope === controlScopeOf.repository(repository) || scope === controlScopeOf.idea(id)
  );
}

/** Those of the controls that hold this idea back, the widest first. */
export function controlsOver(controls: readonly Control[], idea: Controlled): readonly Control[] {
  const widest = ["all", "repository", "idea"];
  return controls
    .filter(({ scope }) => covers(scope, idea))
    .toSorted((left, right) => widest.indexOf(kindOf(left.scope)) - widest.indexOf(kindOf(right.scope)));
}

function kindOf(scope: ControlScope): string {
  return scope.split("/", 1)[0] ?? "";
}
