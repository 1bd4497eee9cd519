import { useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefCallback, useCallback, useState } from "react";

interface WindowRows {
  /** For the element whose top is where the rows begin. */
  readonly ref: RefCallback<HTMLElement>;
  /** Distance of that element from the top of the document; 0 until it is known. */
  readonly offset: number;
  readonly virtual: Virtualizer<Window, Element>;
}

/** Rows that scroll with the window, of which only those near it are in the page. `height` is what a row has before it was measured. */
export function useWindowRows({ count, height }: { readonly count: number; readonly height: number }): WindowRows {
  const [offset, setOffset] = useState(0);
  // What stands above the rows may grow later (a banner, a second line of facts), and with it the whole body.
  const ref = useCallback((element: HTMLElement | null) => {
    const observer = new ResizeObserver(() => {
      if (element !== null) setOffset(Math.round(element.getBoundingClientRect().top + window.scrollY));
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({ count, estimateSize: () => height, overscan: 12, scrollMargin: offset });
  return { ref, offset, virtual };
}
