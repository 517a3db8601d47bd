import { folderMedium } from "../../src/card/file-store.dom.ts";
import { idbStore } from "../../src/card/index.ts";
import { mediumStore } from "../../src/card/medium-store.ts";
import { cardStoreRules, same, storedCard } from "../contract/card-store.ts";
import { cardText } from "./card-text.ts";

let benches = 0;

/** The browser's own file system stands for a stick: the same handles, without a person who picks a folder. */
async function withFolder(
  act: (folder: FileSystemDirectoryHandle, pull: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const name = `stick-${benches++}`;
  const pull = (): Promise<void> => root.removeEntry(name, { recursive: true });
  try {
    await act(await root.getDirectoryHandle(name, { create: true }), pull);
  } finally {
    await pull().catch(() => undefined);
  }
}

describe("cards in a folder of a real file system", () => {
  for (const { title, run } of cardStoreRules)
    it(title, () =>
      withFolder(async (folder) => {
        const medium = folderMedium(folder);
        const counters = await idbStore(`sealcam-cards-folder-test-${benches}`);
        const store = mediumStore(medium, counters);
        const other = mediumStore(folderMedium(folder), counters);
        const plant = async (id: string, value: unknown): Promise<void> => {
          for (const name of await medium.list())
            if ((await medium.read(name))?.includes(id)) return medium.write(name, cardText(value));
          return medium.write("planted.sealcard", cardText(value));
        };
        try {
          await run({ store, other, plant, close: async () => counters.close() });
        } finally {
          counters.close();
        }
      }),
    );

  it("leaves one file behind it, whose text is the card's", () =>
    withFolder(async (folder) => {
      const medium = folderMedium(folder);
      await medium.write("Home.sealcard", cardText(storedCard(1, 1)));
      await medium.write("Home.sealcard", cardText(storedCard(1, 2)));
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      same(names, ["Home.sealcard"]);
      same(
        await (await (await folder.getFileHandle("Home.sealcard")).getFile()).text(),
        cardText(storedCard(1, 2)),
      );
    }));

  it("that is gone is told at once", () =>
    withFolder(async (folder, pull) => {
      const medium = folderMedium(folder);
      await medium.write("Home.sealcard", cardText(storedCard(1, 1)));
      await medium.check();
      await pull();
      for (const act of [medium.check(), medium.list(), medium.read("Home.sealcard")])
        same(
          await act.then(
            () => "there",
            (error) => error.code,
          ),
          "medium-gone",
        );
    }));
});
