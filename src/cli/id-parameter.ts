import { text } from "./command.ts";

interface IdParameter {
  readonly kind: "tuple";
  readonly parameters: readonly [
    { readonly parse: (input: string) => string; readonly brief: string; readonly placeholder: string },
  ];
}

/** One id as the only word of a command; the start of it is enough where only one begins so. */
export const ID_PARAMETER: IdParameter = {
  kind: "tuple",
  parameters: [{ parse: text, brief: "Id, or the start of it", placeholder: "ID" }],
};

/** How many rows a list that grows for ever shows, where nobody asks for more or fewer. */
export const LIMIT_DEFAULT = 100;
