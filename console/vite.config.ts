import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressFiles } from "./build/compress-files.ts";
import { thirdPartyLicenses } from "./build/third-party-licenses.ts";

/** The server that the pages talk to while they are developed; see CONTRIBUTING.md. */
const SERVER = process.env["STEPWELL_URL"] ?? "http://127.0.0.1:8083";

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [react(), thirdPartyLicenses(), compressFiles()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    target: "es2023",
    // Every asset is a file of its own, so that the Content-Security-Policy can be strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  worker: { format: "es" },
  server:
    command === "serve"
      ? {
          proxy: {
            "/api": SERVER,
            // The AWS API is POST /, which is also where Vite serves the page.
            "^/$": {
              target: SERVER,
              bypass: (request) => (request.method === "POST" ? undefined : request.url),
            },
          },
        }
      : {},
}));
