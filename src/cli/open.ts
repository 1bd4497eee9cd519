/** What commands open before they work: the configuration, and most of them the store. */
import type { LoadedConfig, Flags } from "../config/load-config.ts";
import type { Store } from "../store/store.ts";
import type { StoreMode } from "../world/store.ts";
import type { Context } from "./context.ts";

/** Runs `act` with the loaded configuration; a mistake in it is reported and is the exit code. */
export async function withConfig(
  context: Context,
  flags: Flags,
  act: (config: LoadedConfig) => Promise<number>,
): Promise<number> {
  const [{ loadConfig }, { machineSources }] = await Promise.all([
    import("../config/load-config.ts"),
    import("../config/environment.ts"),
  ]);
  const store = context.globals.store ?? undefined;
  const config = await loadConfig(machineSources({ ...flags, store }, context.environment));
  return config.ok ? act(config.value) : context.output.fail(config.failure);
}

export interface Opened {
  readonly config: LoadedConfig;
  readonly store: Store;
}

/**
 * Runs `act` with the store open, seals the events it wrote and closes it. Only a command that brings
 * something in creates a store: asking a question never does.
 */
export async function withStore(
  context: Context,
  options: { readonly flags?: Flags; readonly mode: StoreMode },
  act: (opened: Opened) => Promise<number>,
): Promise<number> {
  return withConfig(context, options.flags ?? {}, async (config) => {
    const { openStore } = await import("../world/store.ts");
    const opened = await openStore(config, { clock: context.clock, random: context.random, mode: options.mode });
    if (!opened.ok) return context.output.fail(opened.failure);
    await using store = opened.value;
    const code = await act({ config, store });
    if (options.mode !== "read") await (await import("../world/seal.ts")).sealWritten(store);
    return code;
  });
}
