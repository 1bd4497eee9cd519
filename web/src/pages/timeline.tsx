import { type ReactElement, useEffect, useEffectEvent, useState } from "react";
import type { DrawnTimeline } from "../draw/timeline.ts";
import { milliseconds } from "../draw/words.ts";
import { useWindowRows } from "../parts/use-window-rows.ts";
import { TimelineEntry } from "./timeline-entry.tsx";

/** Height of a call without signals. */
const USUAL_HEIGHT = 34;

interface TimelineProps {
  readonly drawn: DrawnTimeline;
  /** Index of the line to show and mark. */
  readonly target: number | null;
}

/** All lines of a session that say something, of which only those near the window are in the page. */
export function Timeline({ drawn, target }: TimelineProps): ReactElement {
  const { items, scale } = drawn;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const { ref, offset, virtual } = useWindowRows({ count: items.length, height: USUAL_HEIGHT });
  const show = useEffectEvent((index: number | null) => {
    if (index === null || index === 0) window.scrollTo(0, 0);
    else virtual.scrollToIndex(index, { align: "center" });
  });
  const isPlaced = offset > 0;
  useEffect(() => {
    // Until the list knows where it begins, a line would be scrolled to the wrong place.
    if (isPlaced) show(target);
  }, [target, isPlaced]);
  const toggle = (index: number): void =>
    setOpened((old) => (old.has(index) ? without(old, index) : new Set([...old, index])));
  return (
    <section aria-label="Timeline" className="panel overflow-hidden">
      <h2 className="flex items-baseline justify-between border-b border-line px-3 py-2 font-semibold">
        Timeline
        <span className="text-small font-normal text-faint">
          {scale === null
            ? "no times recorded"
            : `calls over ${milliseconds(scale.length)}${scale.folded > 0 ? `, ${milliseconds(scale.folded)} of waiting folded` : ""}`}
        </span>
      </h2>
      <ol ref={ref} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - offset}px)` }}
            >
              <TimelineEntry
                item={item}
                isSelected={index === target}
                isOpen={opened.has(index)}
                onToggle={() => toggle(index)}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function without(set: ReadonlySet<number>, index: number): ReadonlySet<number> {
  return new Set([...set].filter((other) => other !== index));
}
