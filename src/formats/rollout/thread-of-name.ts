const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const NAME = new RegExp(String.raw`^rollout-[\dT-]{19}-(${UUID})(?:_${UUID})?\.jsonl$`);

/** The thread that Codex named a rollout after; `null` for a name that is not Codex's. */
export function threadOfName(name: string): string | null {
  return NAME.exec(name)?.[1] ?? null;
}
