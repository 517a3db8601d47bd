import { keyCauses } from "../../src/apparatus/camera.api.ts";
import type { CameraApi, KeyCause, KeyStatus, SeedReport } from "../../src/apparatus/index.ts";
import { Fault, type Remote } from "../../src/base/index.ts";
import { CameraSealing } from "../../src/ui/models/camera-sealing.ts";
import type { CameraSnapshot } from "../../src/ui/models/snapshots.ts";
import { healthOf, KeyCard } from "../../src/ui/parts/key-card.ts";
import { languages, setLanguage } from "../../src/ui/texts/index.ts";
import { check, found, inside, on, same, settled } from "./bench.ts";

const seed: SeedReport = {
  light: "frame",
  tries: 1,
  uniformShare: 0.03,
  minEntropy: 1_204_224.4,
  refused: null,
};
const status: KeyStatus = {
  epoch: 1,
  changed: 1795170600000,
  cause: "asked",
  seed,
  next: 1795171200000,
  life: 600_000,
};
const cardWith = (more: Partial<KeyCard>): KeyCard => Object.assign(new KeyCard(), { status, ...more });
const words = (card: KeyCard): string => found(card.shadowRoot, "root").textContent ?? "";

describe("the card of a stream's key", () => {
  after(() => setLanguage("en"));

  it("is not there before the worker has said what the key is", () =>
    on(cardWith({ status: null }), (card) => same(inside(card, "section"), null)));

  it("says what came of the seed frames, in words for each outcome", () => {
    const none = { ...seed, light: "none", tries: 5 } as const;
    same(
      [
        seed,
        { ...none, refused: "uniform" as const },
        { ...none, refused: "repetition" as const },
        { ...none, refused: "proportion" as const },
        none,
      ].map(healthOf),
      ["good", "uneven", "regular", "regular", "none"],
    );
  });

  for (const language of Object.keys(languages) as (keyof typeof languages)[])
    it(`${language}: names every cause, when it was changed and when it is changed next`, async () => {
      setLanguage(language);
      const said = new Set<string>();
      for (const cause of keyCauses)
        await on(cardWith({ status: { ...status, cause } }), (card) => {
          const { causes } = languages[language].sealing.key;
          check(words(card).includes(causes[cause as KeyCause]), cause);
          check(/[13]\d?:\d0:00/.test(words(card)), "a time");
          said.add(causes[cause]);
        });
      same(said.size, keyCauses.length, "each has words of its own");
    });

  it("an intrusion stands out, an ordinary change does not", async () => {
    const marked: KeyCause[] = [];
    for (const cause of keyCauses)
      await on(cardWith({ status: { ...status, cause } }), (card) => {
        if (inside(card, ".alarming")) marked.push(cause);
      });
    same(marked, ["second-sensor", "counter", "device", "proofs"]);
  });

  it("the bar is as long as the usable share of the picture", () =>
    on(cardWith({ status: { ...status, seed: { ...seed, uniformShare: 0.94 } } }), (card) => {
      same(Math.round(Number(inside(card, ".used")?.getAttribute("width"))), 6, "per cent");
      check(words(card).includes("6%"), "and says so");
    }));

  it("where no picture could be tried there is no bar", () => {
    const none = { light: "none", tries: 0, uniformShare: 0, minEntropy: 0, refused: null } as const;
    return on(cardWith({ status: { ...status, seed: none } }), (card) => {
      same(inside(card, ".bar"), null);
      check(!words(card).includes("%"), "nothing is said of it");
    });
  });

  it("the button asks once, and can only be pressed again when that is done; without an action there is none", async () => {
    let asked = 0;
    const rekey = async (): Promise<void> => {
      asked += 1;
    };
    await on(cardWith({ rekey }), async (card) => {
      const button = () => found(inside<HTMLButtonElement>(card, "button"), "button");
      button().click();
      same(asked, 1);
      card.isChanging = true;
      await settled(card);
      check(button().disabled, "disabled");
      button().click();
      same(asked, 1);
    });
    await on(cardWith({}), (card) => same(inside(card, "button"), null));
  });
});

/** The model over a worker that answers as told. */
const sealing = (answer: () => Promise<void>) => {
  let now = {
    key: null,
    isChanging: false,
    looks: false,
    drawn: null,
    fault: null,
  } as Partial<CameraSnapshot>;
  const asked: string[] = [];
  const remote = new Proxy(
    {},
    {
      get:
        (_, name: string) =>
        (...given: unknown[]) => {
          asked.push([name, ...given].join(" "));
          return answer();
        },
    },
  ) as Remote<CameraApi>;
  const model = new CameraSealing({
    remote: () => remote,
    device: () => "front",
    show: (change) => {
      now = { ...now, ...change } as Partial<CameraSnapshot>;
    },
  });
  return { model, asked, snapshot: () => now };
};

describe("a camera's key, asked for and told", () => {
  it("shows nothing but what the worker says, also while a change is under way", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { model, asked, snapshot } = sealing(() => promise);
    model.begin();
    same([snapshot().key, asked], [null, []]);
    model.changed(status);
    const changing = snapshot().rekey?.();
    same([snapshot().key, snapshot().isChanging, asked], [status, true, ["rekey"]]);
    resolve();
    await changing;
    same(
      [snapshot().key, snapshot().isChanging, snapshot().fault],
      [status, false, null],
      "the old one, until told",
    );
    model.changed({ ...status, epoch: 2 });
    same(snapshot().key?.epoch, 2);
  });

  it("how long a key is used is chosen on the card, and told by the worker", async () => {
    const { model, asked, snapshot } = sealing(async () => undefined);
    model.begin();
    const { keepKey } = snapshot();
    await on(cardWith({ ...(keepKey && { keepKey }) }), async (card) => {
      const select = inside(card, "select") as HTMLSelectElement;
      same(select.value, "600000", "as the worker says");
      select.value = "60000";
      select.dispatchEvent(new Event("change"));
      await Promise.resolve();
    });
    same(asked, ["keepKey front 60000"]);
  });

  it("a change that fails is told by its code", async () => {
    const { model, snapshot } = sealing(async () => {
      throw new Fault("camera-stopped");
    });
    model.begin();
    await snapshot().rekey?.();
    same([snapshot().isChanging, snapshot().fault], [false, "camera-stopped"]);
  });

  it("a stream that ended leaves no key, no button and no drawing; what is answered later changes nothing", async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    const { model, snapshot } = sealing(() => promise);
    model.begin();
    model.changed(status);
    snapshot().see?.(true);
    same(snapshot().looks, true);
    const changing = snapshot().rekey?.();
    model.end();
    reject(new Fault("camera-stopped"));
    await changing;
    const { key, isChanging, looks, drawn, fault, rekey, see, look } = snapshot();
    same([key, isChanging, looks, drawn, fault], [null, false, false, null, null]);
    same([rekey, see, look], [undefined, undefined, undefined]);
  });
});
