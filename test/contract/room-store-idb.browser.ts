import { deleteDB, openDB } from "idb";
import { idbRoomStore } from "../../src/relay/index.ts";
import { fullState, roomStoreCases } from "./room-store.ts";

const NAME = "test-relay";

describe("room store in IndexedDB", () => {
  for (const { title, check } of roomStoreCases) {
    it(title, async () => {
      await deleteDB(NAME);
      await check(idbRoomStore(NAME));
    });
  }

  it("two realms see the same rooms", async () => {
    await deleteDB(NAME);
    await idbRoomStore(NAME).write("a", fullState("a"));
    const read = await idbRoomStore(NAME).read("a");
    if (read?.room !== "a") throw new Error("not there");
  });

  it("opens again after the database was taken away", async () => {
    await deleteDB(NAME);
    const store = idbRoomStore(NAME);
    await store.write("a", fullState("a"));
    await deleteDB(NAME); // waits for the store to let go
    if ((await store.read("a")) !== null) throw new Error("still there");
    await store.write("b", fullState("b"));
    if ((await store.list()).join() !== "b") throw new Error("not written");
  });

  it("a state of another version is not read", async () => {
    await deleteDB(NAME);
    const store = idbRoomStore(NAME);
    await store.write("a", fullState("a"));
    const database = await openDB(NAME);
    await database.put("rooms", { ...fullState("a"), version: 2 }, "a");
    database.close();
    if ((await store.read("a")) !== null) throw new Error("read");
  });
});
