import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";

interface LinkProps {
  readonly id: string;
  readonly className?: string;
  /** One of the rows that j and k walk. */
  readonly isStep?: boolean;
  readonly children: ReactNode;
}

export function IdeaLink({ id, className = "", isStep = false, children }: LinkProps): ReactElement {
  return (
    <Link to="/ideas/$id" params={{ id }} title={id} className={className} {...(isStep ? { "data-step": "" } : {})}>
      {children}
    </Link>
  );
}

export function RunLink({ id, className = "", isStep = false, children }: LinkProps): ReactElement {
  return (
    <Link to="/runs/$id" params={{ id }} title={id} className={className} {...(isStep ? { "data-step": "" } : {})}>
      {children}
    </Link>
  );
}
