/** A stretch of local time in which nothing goes out: every week, every day, or once. Its end is not part of it. */
export interface FreezeWindow {
  readonly text: string;
  /** An IANA time zone, e.g. `America/Phoenix`. */
  readonly zone: string;
  /** `weekly`: minutes since Monday 00:00 · `daily`: minutes since 00:00 · `once`: minutes since 1970-01-01 00:00 local. */
  readonly every: "week" | "day" | "once";
  readonly from: number;
  readonly to: number;
}

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** `[day or date] hh:mm - [day or date] hh:mm ZONE`. */
const SHAPE = /^(?:(\S+) +)?(\d\d):(\d\d) *[-–] *(?:(\S+) +)?(\d\d):(\d\d) +(\S+)$/;
const MINUTES_A_DAY = 1440;

/** Reads `Fri 17:00 - Mon 08:00 America/Phoenix`, `22:00 - 06:00 UTC` or `2026-12-20 00:00 - 2027-01-02 00:00 UTC`; else says why not. */
export function readFreezeWindow(text: string): FreezeWindow | { readonly problem: string } {
  const parts = SHAPE.exec(text.trim());
  if (parts === null) return { problem: "is not of the form `Fri 17:00 - Mon 08:00 America/Phoenix`" };
  const [, fromDay = null, fromHour = "", fromMinute = "", toDay = null, toHour = "", toMinute = "", zone = ""] = parts;
  if (!isZone(zone)) return { problem: `names ${zone}, which is no time zone` };
  const from = placeOf(fromDay, Number(fromHour), Number(fromMinute));
  const to = placeOf(toDay, Number(toHour), Number(toMinute));
  if (from === null || to === null) return { problem: "names a day or a time that does not exist" };
  if (from.every !== to.every)
    return { problem: "begins and ends in two ways: name a weekday, a date or no day on both sides" };
  if (from.at === to.at) return { problem: "ends when it begins, so it can never act" };
  if (from.every === "once" && to.at < from.at) return { problem: "ends before it begins, so it can never act" };
  return { text: text.trim(), zone, every: from.every, from: from.at, to: to.at };
}

interface LocalPlace {
  readonly every: FreezeWindow["every"];
  readonly at: number;
}

/** `null` where there is no such day or time; 24:00 is the end of a day. */
function placeOf(day: string | null, hour: number, minute: number): LocalPlace | null {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  const time = hour * 60 + minute;
  if (day === null) return { every: "day", at: time % MINUTES_A_DAY };
  const weekday = WEEKDAYS.findIndex((known) => known.toLowerCase() === day.toLowerCase());
  if (weekday >= 0) return { every: "week", at: (weekday * MINUTES_A_DAY + time) % (7 * MINUTES_A_DAY) };
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : Number.NaN;
  const exists = Number.isFinite(midnight) && new Date(midnight).toISOString().startsWith(day);
  return exists ? { every: "once", at: midnight / 60_000 + time } : null;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
