import { randomBytes } from "node:crypto";
import { signRecipients } from "../../src/auth/index.ts";
import { type Bytes, generateSigningKey, importSigningKey, thumbprint } from "../../src/base/index.ts";
import { type CardRecord, makeCard, type OpenCard, RIGHTS } from "../../src/card/index.ts";
import { cameraNumber, makeEncryptionPair, numberText, recipientOf } from "../../src/keys/index.ts";
import { quick } from "../card/sample.ts";
import { type App, password } from "./app.ts";

// What a person does in a minute and a browser in ten costly seconds, for tests of what comes behind: the rows that making a card and pairing leave.
// That they do is for the tests that make cards and pair.

/** Puts a card into the browser as it is kept there; `card` may have been stretched at no cost. */
export const insertCard = async (app: App, { file }: OpenCard): Promise<void> => {
  const page = await app.open("/cards");
  await page.getByLabel("Name of the card").waitFor({ state: "attached" });
  await page.evaluate(
    ({ mac, ...plain }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("sealcam-cards");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const places = opening.result.transaction(["cards", "highest"], "readwrite");
          places.objectStore("cards").put({ ...plain, mac: new Uint8Array(mac) });
          places.objectStore("highest").put(plain.counter, plain.id);
          places.oncomplete = () => resolve();
          places.onerror = () => reject(places.error);
        };
      }),
    { ...file, mac: [...file.mac] },
  );
  await page.close();
};

/** A card without cameras. */
export const insertNewCard = async (app: App, name = "Home"): Promise<void> =>
  insertCard(app, await makeCard(name, password, quick));

/** A camera to be inserted: its name on the card, a part of its device's label, and the browser that it is in, if that is not the card's. */
export interface InsertedCamera {
  readonly name?: string;
  readonly device?: string;
  readonly at?: App;
}

/** Puts a card, named "Home", and cameras that it was paired with into browsers. Gives the cameras' numbers. */
export const insertPaired = async (
  app: App,
  cameras: readonly InsertedCamera[] = [{}],
): Promise<string[]> => {
  const control = await generateSigningKey();
  const numbers: string[] = [];
  let card = await makeCard("Home", password, quick);
  for (const { name = "Front door", device = "", at = app } of cameras) {
    const { privateKey, publicKey } = await generateSigningKey(true);
    const number = await cameraNumber(publicKey);
    const { identity } = await makeEncryptionPair();
    const viewerKey = await makeViewerKey();
    const recipients = await signRecipients(control.privateKey, {
      ...{ number, generation: 1, recipients: [await recipientOf(identity)], viewers: [viewerKey.publicKey] },
    });
    card = await card.put({
      ...{ number, name, generation: 1, viewerKey, controlKey: control.publicKey, acknowledged: true },
      ...{ decryptionKeys: [{ generation: 1, identity }], written: Date.now() },
      ...{ rights: RIGHTS, writtenBy: await thumbprint(control.publicKey) },
    });
    const key = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
    await insertCamera(at, device, key, { publicKey, number, controlKey: control.publicKey, recipients });
    numbers.push(numberText(number));
  }
  await insertCard(app, card);
  return numbers;
};

const makeViewerKey = async (): Promise<CardRecord["viewerKey"]> => {
  const seed = new Uint8Array(randomBytes(32));
  return { seed, publicKey: (await importSigningKey(seed)).publicKey };
};

/** Puts this identity of the capture device whose label holds `device`; its key can no more be exported there than any other. */
const insertCamera = async (
  app: App,
  device: string,
  key: Bytes,
  fields: Readonly<Record<"publicKey" | "number" | "controlKey" | "recipients", Bytes>>,
): Promise<void> => {
  const page = await app.open("/camera");
  const isUnpaired = page.locator('[data-role="fault"][data-code="camera-not-paired"]');
  await isUnpaired
    .or(page.getByRole("button", { name: "Start sealing" }))
    .first()
    .waitFor();
  await page.evaluate(
    async ({ device, key, fields }) => {
      const found = (await navigator.mediaDevices.enumerateDevices()).find(
        ({ kind, label }) => kind === "videoinput" && label.includes(device),
      );
      if (!found) throw new Error(`no capture device is called ${device}`);
      const privateKey = await crypto.subtle.importKey("pkcs8", new Uint8Array(key), "Ed25519", false, [
        "sign",
      ]);
      const bytes = Object.fromEntries(fields.map(([name, value]) => [name, new Uint8Array(value)]));
      const row = {
        deviceId: found.deviceId,
        privateKey,
        ...bytes,
        generation: 1,
        streams: 0,
        lastHead: null,
      };
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("sealcam-camera");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const places = opening.result.transaction("identities", "readwrite");
          places.objectStore("identities").put(row);
          places.oncomplete = () => resolve();
          places.onerror = () => reject(places.error);
        };
      });
    },
    {
      device,
      key: [...key],
      fields: Object.entries(fields).map(([name, value]) => [name, [...value]] as const),
    },
  );
  await page.close();
};
