import { uploadsSuite } from "../apparatus/uploads.suite.ts";
import { workerdStage } from "./images-stage.ts";

uploadsSuite("in workerd, with R2 and SQLite on disk", workerdStage);
