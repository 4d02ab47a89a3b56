/** Pixels of a PNG per pixel of the picture, so that it is sharp on paper too. */
const SCALE = 2;

/** Draws an SVG picture into a PNG file. */
export async function toPNG(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((settle, fail) =>
      canvas.toBlob((blob) => (blob === null ? fail(new Error("The picture could not be written.")) : settle(blob)), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
