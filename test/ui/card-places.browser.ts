import { CardPlaceSet, placeControls } from "../../src/apparatus/card-places.ts";
import type { CardPlacesApi } from "../../src/apparatus/index.ts";
import type { Remote } from "../../src/base/index.ts";
import { type CardFile, encodeCard, memoryStore } from "../../src/card/index.ts";
import { CardPlaces } from "../../src/ui/models/card-places.ts";
import { Flash, SoftwareCardDevice } from "../card/usb-device.ts";
import { same, storedCard } from "../contract/card-store.ts";

/** A page whose worker is in this very realm. */
const page = () => {
  let set = new CardPlaceSet(Promise.resolve(memoryStore()), () => {});
  const heard: string[] = [];
  const places = new CardPlaces({
    remote: () => placeControls(set) as unknown as Remote<CardPlacesApi>,
    changed: async ({ open }) => void heard.push(`open: ${open.map(({ name }) => name).join()}`),
    gone: (wasOpen) => heard.push(`gone, ${wasOpen ? "open" : "shut"}`),
    failed: (fault) => heard.push(fault ?? "begins"),
  });
  const until = async (said: string): Promise<void> => {
    while (!heard.includes(said)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const renew = (): void => {
    set = new CardPlaceSet(Promise.resolve(memoryStore()), () => {});
    places.insertAgain();
  };
  return { places, heard, until, renew, set: () => set };
};

/** A browser that knows this device, and a person who chooses it; null: nobody does. */
const withUsb = async (device: SoftwareCardDevice | null, act: () => Promise<void>): Promise<void> => {
  const requestDevice = async (): Promise<SoftwareCardDevice> => {
    if (!device) throw new DOMException("No device selected.", "NotFoundError");
    return device;
  };
  Object.defineProperty(navigator, "usb", { value: { requestDevice }, configurable: true });
  try {
    await act();
  } finally {
    Reflect.deleteProperty(navigator, "usb");
  }
};

const card: CardFile = storedCard(1, 1);

describe("places that a page opens for cards", () => {
  it("[CU1] a USB device's cards are listed while it is plugged in, and no longer", async () => {
    const device = new SoftwareCardDevice();
    await withUsb(device, async () => {
      const { places, heard, until, set } = page();
      await places.now.openDevice?.();
      same(heard, ["begins", "open: Key ring"]);
      const [{ key } = { key: "" }] = places.now.open;
      await (await set().store(key)).write(card, null);
      same(
        (await set().list()).map(({ name, place }) => [name, place]),
        [[card.name, key]],
      );
      set().hold(`${card.id}@${key}`);
      device.cutAfter = 0;
      await until("gone, open");
      await until("open: ");
      same(await set().list(), []);
      // Plugged in again, it has the card.
      device.cutAfter = Number.POSITIVE_INFINITY;
      await device.close();
      await places.now.openDevice?.();
      same((await set().list()).length, 1);
      places.dispose();
    });
  });

  it("are given to the next worker, under the same keys", async () => {
    const { places, renew, set } = page();
    await places.now.openFile(new File([encodeCard(card)], "a.sealcard"));
    const before = await set().list();
    renew();
    same(await set().list(), before);
    places.now.open[0]?.takeOut();
    same(places.now.open, []);
  });

  it("are none where nobody chooses one, and that is no fault", async () => {
    await withUsb(null, async () => {
      const { places, heard } = page();
      await places.now.openDevice?.();
      same(heard, ["begins"]);
    });
  });

  it("say so where a device is no memory card", async () => {
    const device = new SoftwareCardDevice(new Flash());
    device.turn = (answer) => answer.with(0, 0);
    await withUsb(device, async () => {
      const { places, heard } = page();
      await places.now.openDevice?.();
      same(heard, ["begins", "medium-foreign"]);
    });
  });
});
