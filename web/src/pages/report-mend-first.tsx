import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { FrictionCostRow } from "../../../src/views/shapes/report.ts";
import { dollars, minutes, tokens } from "../draw/words.ts";
import { meaningOf } from "../draw/meanings.ts";
import { Evidence } from "../parts/evidence-link.tsx";
import { ForeignLine } from "../parts/foreign.tsx";
import { Amount, Provenance } from "../parts/facts.tsx";

/** The costliest friction, its price, and the three best places to look at it. */
export function MendFirst({ cost }: { readonly cost: FrictionCostRow }): ReactElement {
  return (
    <section aria-labelledby="mend-first" className="panel overflow-hidden">
      <div className="px-4 pt-3.5 pb-3">
        <h2 id="mend-first" className="text-small font-semibold tracking-wide text-friction uppercase">
          Mend first
        </h2>
        <p className="mt-1 flex min-w-0 flex-wrap items-baseline gap-x-2 text-lg leading-7">
          <Link to="/signals" search={{ category: cost.category }} className="font-semibold hover:underline">
            {cost.category}
          </Link>
          <span className="text-muted">in</span>
          <code className="max-w-full min-w-0 rounded-md bg-friction-soft px-1.5 font-mono text-base text-friction">
            <ForeignLine text={cost.family} />
          </code>
        </p>
        <p className="text-muted">{meaningOf(cost.category)}</p>
        <Price cost={cost} />
      </div>
      <div className="divide-y divide-line border-t border-line">
        {cost.evidence.map((row) => (
          <Evidence key={row.signal_id} row={row} />
        ))}
      </div>
    </section>
  );
}

function Price({ cost }: { readonly cost: FrictionCostRow }): ReactElement {
  const figures = [
    { name: "tokens", value: tokens(cost.tokens) },
    { name: "time", value: minutes(cost.minutes) },
    { name: "money", value: dollars(cost.usd) },
    { name: "times", value: String(cost.times) },
    { name: cost.sessions === 1 ? "session" : "sessions", value: String(cost.sessions) },
    { name: "recovered", value: `${cost.recovered} of ${cost.times}` },
  ];
  return (
    <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2">
      {figures.map(({ name, value }) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-small text-muted">
            {name}
            {name === "tokens" ? (
              <>
                {" "}
                <Provenance word={cost.provenance} />
              </>
            ) : null}
          </dt>
          <dd className="text-xl leading-7 font-semibold tracking-tight">
            {name === "times" ? (
              <Link to="/signals" search={{ category: cost.category }} className="hover:underline">
                {value}
              </Link>
            ) : (
              <Amount>{value}</Amount>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
