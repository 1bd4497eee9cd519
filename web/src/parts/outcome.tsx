import type { ReactElement } from "react";
import type { CallOutcome, SessionOutcome } from "../../../src/model/outcome.ts";
import { Icon, type IconName } from "./icon.tsx";

interface Look {
  readonly icon: IconName;
  readonly tone: string;
}

const GOOD = "text-delight";
const BAD = "text-friction";
const CAUTION = "text-caution";
const PLAIN = "text-muted";

const LOOKS: { readonly [Outcome in CallOutcome | SessionOutcome]: Look } = {
  ok: { icon: "check", tone: GOOD },
  completed: { icon: "check", tone: GOOD },
  failed: { icon: "cross", tone: BAD },
  tool_error: { icon: "cross", tone: BAD },
  denied_by_user: { icon: "ban", tone: BAD },
  rejected_by_policy: { icon: "lock", tone: CAUTION },
  blocked_by_hook: { icon: "lock", tone: CAUTION },
  sandbox_denied: { icon: "lock", tone: CAUTION },
  aborted: { icon: "stop", tone: CAUTION },
  interrupted: { icon: "stop", tone: CAUTION },
  unfinished: { icon: "dots", tone: PLAIN },
  running: { icon: "play", tone: "text-accent" },
};

/** How a call, a turn or a session ended: icon, word and colour say the same thing. */
export function Outcome({ outcome }: { readonly outcome: CallOutcome | SessionOutcome }): ReactElement {
  const { icon, tone } = LOOKS[outcome];
  return (
    <span className={`inline-flex items-baseline gap-1 whitespace-nowrap ${tone === GOOD ? "text-muted" : tone}`}>
      <Icon name={icon} className={tone} />
      {outcome}
    </span>
  );
}
