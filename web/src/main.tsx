import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LiveStream } from "./data/live.ts";
import { watchOperatorLink } from "./data/operator.ts";
import { RequestFailure } from "./data/request-failure.ts";
import { consoleRouter } from "./routes.tsx";
import "./styles.css";

// Before the router reads the address: the token must not become part of its history.
watchOperatorLink();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 30_000,
      retry: (tries, error) => tries < 2 && error instanceof RequestFailure && error.lines.retry !== "never",
    },
    mutations: { networkMode: "always" },
  },
});
const live = new LiveStream(client);
live.follow();
const router = consoleRouter({ live });
const place = document.getElementById("console");
if (place === null) throw new Error("index.html has no element #console");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
