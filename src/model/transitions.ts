/** Which states may follow which. A state with none is left by nobody. */
export type Transitions<State extends string> = { readonly [From in State]: readonly State[] };

/** Staying where one is is no move, and always allowed. */
export function mayMove<State extends string>(moves: Transitions<State>, from: State, to: State): boolean {
  return from === to || moves[from].includes(to);
}
