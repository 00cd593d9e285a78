/** A camera that does not exist: a person who does not exist either, sitting still. */

const WIDTH = 1280;
const HEIGHT = 720;
/** Drawn again now and then, because a stream without frames shows nothing. */
const FRAME_MS = 200;

const streams = new Map<number, MediaStream>();

/** `moved` shares of the width to the picture's right. */
export function personStream(moved: number): MediaStream {
  const stream = streams.get(moved) ?? draw(moved);
  streams.set(moved, stream);
  return stream;
}

function draw(moved: number): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas to draw on.');
  const person = new Image();
  person.src = '/media/take/tk_000000000003/poster';
  const paint = () => {
    context.fillStyle = '#3b444b';
    context.fillRect(0, 0, WIDTH, HEIGHT);
    if (person.complete && person.naturalWidth > 0)
      context.drawImage(person, moved * WIDTH, 0, WIDTH, HEIGHT);
  };
  paint();
  setInterval(paint, FRAME_MS);
  return canvas.captureStream();
}
