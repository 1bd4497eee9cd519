import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Relative addresses, so that the page works under any path; nothing is inlined, so that it works under a strict CSP. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwind()],
  build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0, target: "es2024", cssMinify: "lightningcss" },
});
