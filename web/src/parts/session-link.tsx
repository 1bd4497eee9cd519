import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";

/** A line of a session: by its count over the thread, or by recording file and line. */
export interface LineOf {
  readonly seq?: number;
  readonly segment?: string;
  readonly line?: number;
}

const ITS_START: LineOf = {};

interface SessionLinkProps {
  readonly id: string;
  readonly at?: LineOf;
  readonly className?: string;
  readonly title?: string;
  /** One of the rows that j and k walk. */
  readonly isStep?: boolean;
  readonly children: ReactNode;
}

/** Opens a session, at a line if one is given. The session screen scrolls by itself, so the router must not. */
export function SessionLink({
  id,
  at = ITS_START,
  className = "",
  title,
  isStep = false,
  children,
}: SessionLinkProps): ReactElement {
  return (
    <Link
      to="/sessions/$id"
      params={{ id }}
      search={at}
      resetScroll={false}
      title={title ?? id}
      className={className}
      {...(isStep ? { "data-step": "" } : {})}
    >
      {children}
    </Link>
  );
}
