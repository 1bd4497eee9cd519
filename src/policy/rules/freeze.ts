import { WEEKDAYS, type FreezeWindow } from "../../model/freeze-window.ts";
import { msOf } from "../../model/time.ts";
import { found, PASS, type Finding } from "./finding.ts";
import type { Given } from "./known.ts";

/** Nothing passes while one of the windows is open. */
export function compileFreeze(windows: readonly FreezeWindow[]): (given: Given) => Finding {
  const compiled = windows.map((window) => ({ window, isOpen: compileWindow(window) }));
  return ({ facts }) => {
    const open = compiled.find(({ isOpen }) => isOpen(msOf(facts.at)));
    return open === undefined ? PASS : found.deny(`frozen: ${open.window.text}`);
  };
}

const DAY = 1440;
const LENGTH = { week: 7 * DAY, day: DAY, once: null } as const;

/** Compares what a clock on the wall of that zone shows, so that changes to summer time are as people expect them. */
function compileWindow({ zone, every, from, to }: FreezeWindow): (ms: number) => boolean {
  const wall = wallClock(zone);
  const length = LENGTH[every];
  return (ms) => {
    const minutes = wall(ms);
    const at = every === "once" ? minutes.sinceEpoch : minutes.sinceMonday % (length ?? 1);
    return from < to ? at >= from && at < to : at >= from || at < to;
  };
}

interface WallMinutes {
  readonly sinceEpoch: number;
  readonly sinceMonday: number;
}

function wallClock(zone: string): (ms: number) => WallMinutes {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return (ms) => {
    const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const number = (type: Intl.DateTimeFormatPartTypes): number => Number(part.get(type));
    const time = number("hour") * 60 + number("minute");
    const days = Date.UTC(number("year"), number("month") - 1, number("day")) / 86_400_000;
    const weekday = WEEKDAYS.findIndex((name) => name === part.get("weekday"));
    return { sinceEpoch: days * DAY + time, sinceMonday: weekday * DAY + time };
  };
}
