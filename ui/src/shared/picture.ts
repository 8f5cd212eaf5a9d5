/** Longest side of a picture that is sent, pixels: enough for a code in it, little enough for a slow phone. */
const LONGEST_SIDE_PX = 2000;

/**
 * A picture from camera or album as a JPEG in base64, made smaller where needed. What the browser can show it can read,
 * HEIC on an iPhone included. Throws where it cannot.
 */
export async function smallerJpeg(file: Blob): Promise<string> {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    const pen = canvas.getContext("2d");
    if (!pen || canvas.width === 0) throw new Error("this picture cannot be drawn");
    // A screenshot may be transparent; a code needs a white ground.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.92).split(",")[1] ?? "";
  } finally {
    URL.revokeObjectURL(url);
  }
}
