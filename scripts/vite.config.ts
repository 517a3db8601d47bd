import { fileURLToPath } from "node:url";
import { defineConfig, type InlineConfig, type UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The page, its workers and the service worker of `srcDir`, built to `outDir`; `adapt` may change how the service worker is built. */
export const app = (
  srcDir: string,
  outDir: string,
  adapt: (config: InlineConfig) => void = () => {},
): UserConfig => ({
  root,
  publicDir: "src/public",
  build: {
    target: "es2022",
    outDir,
    // Wasm and icons stay files of their own: `data:` sources are not in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
  plugins: [
    VitePWA({
      strategies: "injectManifest",
      srcDir,
      filename: "service-worker.ts",
      injectRegister: false,
      integration: { configureCustomSWViteBuild: adapt },
      injectManifest: { globPatterns: ["**/*.{js,css,html,wasm,svg,png,webmanifest}"] },
      manifest: {
        name: "Sealcam",
        short_name: "Sealcam",
        description: "A private camera: every picture is sealed where it is captured.",
        start_url: "/",
        scope: "/",
        display: "standalone",
        background_color: "#14151a",
        theme_color: "#14151a",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
});

export default defineConfig(app("sw", "dist"));
