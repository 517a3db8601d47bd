import { imagesSuite } from "../images/images.suite.ts";
import { workerdStage } from "./images-stage.ts";

imagesSuite("in workerd, with R2 and SQLite on disk", workerdStage);
