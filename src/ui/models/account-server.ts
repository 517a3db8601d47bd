import { Fault, fromWire } from "../../base/index.ts";

/**
 * Asks the server of accounts: a GET without a body, a POST with one. Faults: "account-…" with the server's code, "offline" where
 * nothing answers, "account-none" where what answers is no server of accounts.
 */
export const askServer = async <T>(path: string, body?: object): Promise<T> => {
  let response = await ask(path, body);
  // Where a host of files is all there is, this page's service worker answers, once it has the page.
  if (!isJson(response) && (await untilControlled())) response = await ask(path, body);
  if (!isJson(response)) throw new Fault("account-none");
  const said: unknown = await response.json();
  if (response.ok) return said as T;
  const { code, detail } = fromWire(said);
  throw new Fault(code === "unexpected" ? code : `account-${code}`, detail);
};

const ask = async (path: string, body?: object): Promise<Response> => {
  try {
    return await fetch(`/api/${path}`, {
      ...{ cache: "no-store", credentials: "same-origin" },
      ...(body !== undefined && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch (cause) {
    throw new Fault("offline", {}, { cause });
  }
};

const isJson = ({ headers }: Response): boolean =>
  headers.get("content-type")?.startsWith("application/json") === true;

/** How long a first visit takes to install the app, at most. ms */
const installedWithin = 20_000;

/** True where this page had no service worker and has one now: on the first visit, and after it was loaded past it. */
const untilControlled = async (): Promise<boolean> => {
  const container = (navigator as Partial<Navigator>).serviceWorker;
  if (container === undefined || container.controller !== null) return false;
  const patience = new Promise<false>((resolve) => setTimeout(() => resolve(false), installedWithin));
  const controlled = new Promise<true>((resolve) =>
    container.addEventListener("controllerchange", () => resolve(true), { once: true }),
  );
  void container.ready.then(({ active }) => active?.postMessage("claim"));
  return Promise.race([controlled, patience]);
};
