import type { RoomState } from "./room-state.ts";

/** Where a relay keeps its rooms between two messages. A write has happened when its promise is fulfilled. */
export interface RoomStore {
  /** The state last written, or `null`. */
  read(room: string): Promise<RoomState | null>;
  /** Keeps the state instead of the former one; `null` erases it. */
  write(room: string, state: RoomState | null): Promise<void>;
  /** The names of all rooms that are kept, in no order. */
  list(): Promise<string[]>;
}
