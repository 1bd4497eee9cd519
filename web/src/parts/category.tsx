import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { SignalType } from "../../../src/model/signal.ts";
import { Icon } from "./icon.tsx";

/** A signal category in its own word: icon and colour tell friction from delight. */
export function Category({ category, type }: { readonly category: string; readonly type: SignalType }): ReactElement {
  const tone = type === "friction" ? "text-friction" : "text-delight";
  return (
    <span title={type} className={`inline-flex items-baseline gap-1.5 font-mono text-small whitespace-nowrap ${tone}`}>
      <Icon name={type === "friction" ? "alert" : "spark"} />
      {category}
      <span className="sr-only">({type})</span>
    </span>
  );
}

export function CategoryLink({
  category,
  type,
}: {
  readonly category: string;
  readonly type: SignalType;
}): ReactElement {
  return (
    <Link to="/signals" search={{ category }} data-step="" className="cover hover:underline">
      <Category category={category} type={type} />
    </Link>
  );
}
