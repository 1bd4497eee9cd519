declare const holder: unique symbol;

/**
 * A process as text, `host/pid/start`: `start` is the process's start time in the host's own words, so that a pid used
 * again is another holder.
 */
export type Holder = string & { readonly [holder]: true };

export interface HolderParts {
  readonly host: string;
  readonly pid: number;
  readonly start: string;
}

export function holderOf(parts: HolderParts): Holder {
  return `${parts.host}/${parts.pid}/${parts.start}` as Holder;
}

/** The parts of a holder; `null` when the text is none. */
export function parseHolder(text: string): HolderParts | null {
  const [host, pid, start, more] = text.split("/");
  if (!host || !start || more !== undefined || !/^\d+$/.test(pid ?? "")) return null;
  return { host, pid: Number(pid), start };
}

/** True only when the holder is known to be dead: a process of this host that is gone. Others cannot be judged from here. */
export type IsDead = (holder: Holder) => boolean;
