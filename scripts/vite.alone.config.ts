import { defineConfig } from "vite";
import { app } from "./vite.config.ts";

/** The app for a host of files without a server: its service worker answers for accounts. `build/alone/`, never `dist/`, which a server serves. */
export default defineConfig(app("sw/alone", "build/alone"));
