declare const camera: unique symbol;
/**
 * A frame as a capture device gave it, or a clone of one: nothing else is sealed, coded or spent on a seed. Only the two files that
 * take frames from a device call them so; a law test says which.
 */
export interface CameraFrame extends VideoFrame {
  readonly [camera]: true;
  clone(): CameraFrame;
}
