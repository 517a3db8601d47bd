import { expose } from "../base/index.ts";
import { cardControls } from "./card-controls.ts";
import { OpenRecords } from "./open-records.ts";
import type { PlayerApi } from "./player.api.ts";
import { makePlayerControls } from "./player-controls.ts";

/** Of the card that lies open; null where none does. */
const records = new OpenRecords();
const controls = makePlayerControls(() => records.now);
const api: PlayerApi = { ...controls, ...cardControls(records, controls) };

expose(api);
