/** The three things the gateway forwards, and where to. */
const ROUTES = {
  responses: { method: "POST", path: "/responses", counted: true },
  compact: { method: "POST", path: "/responses/compact", counted: true },
  models: { method: "GET", path: "/models", counted: false },
} as const;

export type RouteName = keyof typeof ROUTES;
export interface Route {
  readonly name: RouteName;
  readonly method: "POST" | "GET";
  /** Behind the provider's base address; never text of the agent's. */
  readonly path: string;
  /** Whether it costs tokens. */
  readonly counted: boolean;
  /** With its `?`, or empty. */
  readonly query: string;
}

/** The route of a request line; `null`: there is none, whatever the spelling. */
export function routeOf(method: string | undefined, target: string | undefined): Route | null {
  const [path, ...query] = (target ?? "").split("?");
  for (const name of ["responses", "compact", "models"] as const) {
    const route = ROUTES[name];
    if (route.method === method && `/v1${route.path}` === path) {
      return { name, ...route, query: query.length === 0 ? "" : `?${query.join("?")}` };
    }
  }
  return null;
}
