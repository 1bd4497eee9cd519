import type { IdeaId } from "../model/ids.ts";
import type { Context } from "./context.ts";
import type { Opened } from "./open.ts";
import type { IdeaRead } from "./read-idea.ts";

/** Takes an idea in, redacted like everything that enters the store. `origin`: a closed word, where it came from. */
export async function register(
  context: Context,
  { config, store }: Opened,
  read: Omit<IdeaRead, "warnings"> & { readonly origin: string },
): Promise<IdeaId> {
  const { createStore } = await import("../loop/create-store.ts");
  const { openRedaction } = await import("../world/redaction.ts");
  const { registerIdea } = await import("../store/ideas/register-idea.ts");
  await createStore(store, context.clock);
  const redact = await openRedaction(store, { secrets: config.secrets, home: config.settings.home });
  const { spec, text, agent, ...facts } = read;
  const simulated = agent === "scripted";
  const wish = {
    ...facts,
    title: redact(spec.title),
    spec: redact(text),
    goal: redact(spec.goal),
    risk: spec.risk === null ? null : redact(spec.risk),
    labels: spec.labels,
    agent,
    simulated,
  };
  return (await store.write({ actor: "operator", simulated }, (tx) => registerIdea(tx, wish))).id;
}
