// Parts name no worker: what they know of its ids comes by way of the models.
export { cardIdOf } from "../../apparatus/index.ts";
