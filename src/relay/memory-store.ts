import type { RoomState } from "./room-state.ts";
import type { RoomStore } from "./store.ts";

/** A store that ends with its process: for tests, and for a relay that must not keep anything. */
export function memoryRoomStore(): RoomStore {
  const rooms = new Map<string, RoomState>();
  return {
    read: async (room) => structuredClone(rooms.get(room) ?? null),
    write: async (room, state) => {
      if (state === null) rooms.delete(room);
      else rooms.set(room, structuredClone(state));
    },
    list: async () => [...rooms.keys()],
  };
}
