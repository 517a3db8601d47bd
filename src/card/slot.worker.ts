import { expose } from "../base/index.ts";
import { passwordSlots } from "./slots.ts";

expose(passwordSlots);
