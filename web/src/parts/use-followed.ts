import { useEffect, useEffectEvent, useRef } from "react";

/** Pixels from the end of the page at which a reader still counts as being there. */
const NEAR = 120;

/** Keeps the end of a growing page in sight for as long as the reader stays there; scrolling up lets go. */
export function useFollowed(count: number, isGrowing: boolean): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const look = (): void => {
      const { scrollHeight } = document.documentElement;
      isAtEnd.current = window.scrollY + window.innerHeight >= scrollHeight - NEAR;
    };
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  const follow = useEffectEvent(() => {
    if (isGrowing && isAtEnd.current) window.scrollTo({ top: document.documentElement.scrollHeight });
  });
  useEffect(() => {
    if (count > 0) follow();
  }, [count]);
}
