/** A screen that the board can fill. */
export interface BoardScreen {
  name: string;
  width_px: number;
  height_px: number;
  has_desk: boolean;
  has_board: boolean;
}
