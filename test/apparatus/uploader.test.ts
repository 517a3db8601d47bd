import { memoryStage } from "../images/stage.ts";
import { uploadsSuite } from "./uploads.suite.ts";

uploadsSuite("in memory", memoryStage);
