import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Icon } from "./icon.tsx";

/** Search from any screen; `/` jumps here. */
export function SearchBox(): ReactElement {
  const navigate = useNavigate();
  const { text } = useSearch({ strict: false });
  return (
    <search className="w-48 min-w-0 max-lg:w-36">
      <form
        className="relative flex items-center"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = new FormData(event.currentTarget).get("text");
          if (typeof asked === "string") void navigate({ to: "/search", search: { text: asked.trim() } });
        }}
      >
        <span className="pointer-events-none absolute start-2 -mt-0.5 text-faint">
          <Icon name="search" />
        </span>
        <input
          key={text ?? ""}
          id="search"
          name="text"
          type="search"
          defaultValue={text ?? ""}
          placeholder="Search"
          aria-label="Search what was said and run"
          className="h-7 w-full rounded-md border border-line bg-sunken ps-7 pe-2 placeholder:text-faint"
        />
      </form>
    </search>
  );
}
