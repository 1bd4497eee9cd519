import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

type Keys = Readonly<Record<string, () => void>>;

/** Runs the act of a plain key, except while somebody types or holds a modifier, or a dialog is open. */
export function useKeys(keys: Keys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog[open]") !== null)
      return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}

/** The keys of every screen. */
export function useShellKeys(showKeys: () => void): void {
  const navigate = useNavigate();
  useKeys({
    "?": showKeys,
    "/": () => document.getElementById("search")?.focus(),
    "1": () => void navigate({ to: "/" }),
    "2": () => void navigate({ to: "/sessions" }),
    "3": () => void navigate({ to: "/signals" }),
    "4": () => void navigate({ to: "/usage" }),
    "5": () => void navigate({ to: "/ideas" }),
    "6": () => void navigate({ to: "/runs" }),
  });
}

/** j and k walk the rows that carry `data-step`. */
export const ROW_KEYS: Keys = { j: () => step(1), k: () => step(-1) };

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-step]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
