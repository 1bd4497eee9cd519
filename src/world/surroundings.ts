import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import type { AgentKind } from "../model/idea.ts";
import type { AdmissionFacts } from "../policy/admission/facts.ts";
import type { Sandbox } from "../ports/sandbox.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import { codexCheck, modelKeyCheck } from "./doctor-codex.ts";

type Surroundings = AdmissionFacts["surroundings"];

/** Looking means starting programs, so one look serves for a while. */
const LOOK_MS = 10_000;

/** Whether an attempt of an agent could run here: the walls, the agent's program, the key of the gateway. */
export function surroundingsOf(
  config: LoadedConfig,
  { sandbox, clock }: { readonly sandbox: Sandbox; readonly clock: Clock },
): (agent: AgentKind) => Promise<Surroundings> {
  const seen = new Map<AgentKind, { readonly at: number; readonly looked: Promise<Surroundings> }>();
  return (agent) => {
    const before = seen.get(agent);
    const isFresh = before !== undefined && clock.elapsed() - before.at < LOOK_MS;
    const looked = isFresh ? before.looked : look(config, sandbox, agent);
    if (!isFresh) seen.set(agent, { at: clock.elapsed(), looked });
    return looked;
  };
}

const READY = { ready: true, fix: "" } as const;

async function look(config: LoadedConfig, sandbox: Sandbox, agent: AgentKind): Promise<Surroundings> {
  const walls = await sandbox.preflight();
  const wall = walls.ok ? READY : { ready: false, fix: walls.failure.hint };
  if (agent === "scripted") return { sandbox: wall, agent: READY, key: READY };
  const [program, key] = await Promise.all([codexCheck(config), modelKeyCheck(config)]);
  return { sandbox: wall, agent: readinessOf(program), key: readinessOf(key) };
}

function readinessOf({ ok, fix }: DoctorCheck): Surroundings["agent"] {
  return { ready: ok, fix: fix ?? "" };
}
