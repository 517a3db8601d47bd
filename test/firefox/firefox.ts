import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { firefox as findFirefox } from "../../scripts/firefox.ts";
import { Bidi } from "./bidi.ts";
import { FirefoxTab } from "./tab.ts";

/** A Firefox of its own: an empty profile, a fake camera that nobody is asked for, no display. */
export interface Firefox {
  /** Errors that pages and workers reported. */
  readonly errors: string[];
  /** `where`: in a window of its own, or in front of that tab in its window. */
  open(url: string, where?: "window" | FirefoxTab): Promise<FirefoxTab>;
  close(): Promise<void>;
}

/** Nothing asks the network, and whoever asks gets the fake camera. */
const settings = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "datareporting.policy.dataSubmissionEnabled": false,
  "datareporting.healthreport.uploadEnabled": false,
  "toolkit.telemetry.server": "",
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.newtabpage.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.region.network.url": "",
  "browser.search.update": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.update.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "services.settings.server": "data:,",
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.dns.disablePrefetch": true,
  "media.gmp-manager.url": "",
  "dom.push.connection.enabled": false,
  "intl.accept_languages": "en-GB",
  // Of a browser that closes right after a test there is nothing to be reported.
  "browser.tabs.warnOnClose": false,
};

/** How long Firefox has until it listens. ms */
const listensWithin = 60_000;

export const startFirefox = async (more: Readonly<Record<string, unknown>> = {}): Promise<Firefox> => {
  const program = findFirefox();
  if (program === null) throw new Error("there is no Firefox");
  const profile = await mkdtemp(join(tmpdir(), "sealcam-firefox-"));
  const lines = Object.entries({ ...settings, ...more }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const process_ = spawn(
    program,
    ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: "1" } },
  );
  const errors: string[] = [];
  const bidi = await Bidi.open(await listening(process_), (method, params) => {
    const { level, text } = params as { level?: string; text?: string };
    if (method === "log.entryAdded" && level === "error") errors.push(text ?? "");
  });
  await bidi.send("session.subscribe", { events: ["log.entryAdded"] });
  return {
    errors,
    async open(url, where) {
      const place =
        where === "window"
          ? { type: where }
          : { type: "tab", ...(where && { referenceContext: where.context }) };
      const { context } = await bidi.send<{ context: string }>("browsingContext.create", place);
      await bidi.send("browsingContext.navigate", { context, url, wait: "complete" });
      return new FirefoxTab(bidi, context);
    },
    async close() {
      const gone = new Promise((resolve) => process_.once("exit", resolve));
      await bidi.send("browser.close", {}).catch(() => process_.kill("SIGKILL"));
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const listening = (process_: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      process_.kill("SIGKILL");
      reject(new Error("Firefox does not listen"));
    }, listensWithin);
    process_.once("exit", (code) => reject(new Error(`Firefox ended with ${code}`)));
    createInterface(process_.stderr!).on("line", (line) => {
      const [, address] = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line) ?? [];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
