import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { RateRow, Report } from "../../../src/views/shapes/report.ts";
import { dollars, minutes, percent, tokens, whole } from "../draw/words.ts";
import { ShareBar } from "../draw/bars.tsx";
import { Amount } from "../parts/facts.tsx";

/** How much of everything went into friction, and how often it is met. */
export function FrictionShare({ report }: { readonly report: Report }): ReactElement {
  const { friction_cost_total: total, sessions_with_friction, call_failure_rate, signals } = report;
  return (
    <section aria-labelledby="friction-share" className="panel px-4 pt-3.5 pb-3">
      <h2 id="friction-share" className="text-small font-semibold tracking-wide text-muted uppercase">
        All friction
      </h2>
      <p className="mt-1 text-lg leading-7">
        <span className="font-semibold">
          {total.share_of_tokens === null ? "unknown" : percent(total.share_of_tokens)}
        </span>{" "}
        <span className="text-muted">of all tokens</span>
      </p>
      <ShareBar share={total.share_of_tokens} />
      <dl className="mt-3">
        <Line name="tokens">{tokens(total.tokens)}</Line>
        <Line name="time">{minutes(total.minutes)}</Line>
        <Line name="money">
          <Amount>{dollars(total.usd)}</Amount>
        </Line>
        <Line
          name={
            <Link to="/sessions" search={{ with: "friction" }} className="hover:underline">
              sessions that hit friction
            </Link>
          }
        >
          <RateWords row={sessions_with_friction} />
        </Line>
        <Line
          name={
            <Link to="/signals" search={{ type: "friction" }} className="hover:underline">
              calls that failed
            </Link>
          }
        >
          <RateWords row={call_failure_rate} />
        </Line>
        <Line name="signals">
          <Link to="/signals" search={{ type: "friction" }} className="hover:underline">
            {whole(signals.friction)} friction
          </Link>
          ,{" "}
          <Link to="/signals" search={{ type: "delight" }} className="hover:underline">
            {whole(signals.delight)} delight
          </Link>
        </Line>
      </dl>
    </section>
  );
}

function Line({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <div className="flex items-baseline justify-between gap-3 border-t border-line py-1 first:border-t-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-end font-medium">{children}</dd>
    </div>
  );
}

/** A share never stands without the number it stands on. */
function RateWords({ row }: { readonly row: RateRow }): ReactElement {
  if (row.kind === "rate") {
    return (
      <>
        {percent(row.value)} <span className="font-normal text-faint">n {row.n}</span>
      </>
    );
  }
  return (
    <span className="font-normal text-faint" title={`needs ${row.needed}`}>
      insufficient data, n {row.n} of {row.needed}
    </span>
  );
}
