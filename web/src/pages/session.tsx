import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useMemo } from "react";
import type { SessionDetail } from "../../../src/views/shapes/session.ts";
import { sessionQuery } from "../data/queries.ts";
import { drawTimeline, indexOfSeq, seqOfLine } from "../draw/timeline.ts";
import { shortId } from "../draw/words.ts";
import { Answer } from "../parts/answer.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Page } from "../parts/page.tsx";
import { useKeys } from "../parts/use-keys.ts";
import { SessionFacts } from "./session-facts.tsx";
import { SessionSignals } from "./session-signals.tsx";
import { Timeline } from "./timeline.tsx";

const route = getRouteApi("/sessions/$id");

/** One session from its first line to its last, with what was found pinned to the lines it stands on. */
export function SessionPage(): ReactElement {
  const { id } = route.useParams();
  const query = useQuery(sessionQuery(id));
  const title = query.data?.title ?? `Session ${shortId(id)}`;
  return (
    <Page
      key={id}
      hasOwnWalk
      title={title}
      heading={<ForeignLine text={title} />}
      command={["sessions", "show", id]}
      facts={query.data === undefined ? null : <SessionFacts session={query.data} />}
    >
      <Answer query={query}>{(session) => <Body session={session} />}</Answer>
    </Page>
  );
}

function Body({ session }: { readonly session: SessionDetail }): ReactElement {
  const { seq, segment, line } = route.useSearch();
  const navigate = route.useNavigate();
  const selected =
    seq ?? (segment === undefined || line === undefined ? null : seqOfLine(session.segments, segment, line));
  const drawn = useMemo(() => drawTimeline(session), [session]);
  // Line 0 is the session as a whole: nothing to mark, and the top to show.
  const target = selected === null || selected === 0 ? null : indexOfSeq(session.timeline, selected);
  const friction = [
    ...new Set(session.signals.filter((signal) => signal.type === "friction").map((signal) => signal.seq)),
  ].toSorted((left, right) => left - right);
  const go = (to: number | undefined): void => {
    if (to !== undefined) void navigate({ search: { seq: to }, replace: true, resetScroll: false });
  };
  useKeys({
    j: () => go(friction.find((at) => at > (selected ?? -1))),
    k: () => go(friction.findLast((at) => at < (selected ?? 0))),
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_19rem]">
      <Timeline drawn={drawn} target={target} />
      <SessionSignals session={session} selected={selected} />
    </div>
  );
}
