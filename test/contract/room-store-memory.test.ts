import { test } from "node:test";
import { memoryRoomStore } from "../../src/relay/index.ts";
import { roomStoreCases } from "./room-store.ts";

for (const { title, check } of roomStoreCases)
  test(`room store in memory: ${title}`, () => check(memoryRoomStore()));
