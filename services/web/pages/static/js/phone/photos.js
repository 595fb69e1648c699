// Photos: drawn anew on the phone, so that nothing but the picture goes along (no place, no model).
import { $, make, say } from "./page.js";

const MOST = 3;
const LONGEST_SIDE = 1600;
const MOST_BYTES = 300_000;
const TRIES = [[1, 0.8], [1, 0.6], [0.75, 0.6], [0.5, 0.6], [0.35, 0.5]];
/** @type {Blob[]} */
const taken = [];

/** @returns {Promise<ArrayBuffer[]>} */
export const photos = () => Promise.all(taken.map((it) => it.arrayBuffer()));

/** Returns the picture as a small JPEG. */
async function redrawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  for (const [part, quality] of TRIES) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale * part));
    canvas.height = Math.max(1, Math.round(picture.height * scale * part));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((ok) => canvas.toBlob(ok, "image/jpeg", quality));
    if (drawn && drawn.size <= MOST_BYTES) return drawn;
  }
  return null;
}

function drawPhotos(says = "") {
  $(".photos").replaceChildren(...taken.map((it, n) => {
    const image = make("img", { alt: say("falt.foto.visa", { n: n + 1 }) });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    image.src = URL.createObjectURL(it);
    const button = make("button", { type: "button", className: "link", textContent: say("falt.foto.tabort", { n: n + 1 }) });
    button.addEventListener("click", () => {
      taken.splice(n, 1);
      drawPhotos(say("falt.foto.borta"));
      $("#photo").focus();
    });
    return make("li", {}, image, button);
  }));
  const full = taken.length >= MOST;
  $('[for="photo"]').hidden = $("#photo").hidden = full;
  $("#photo-said").textContent = full ? say("falt.foto.max") : says;
}

/** Takes photos from now on. */
export function takePhotos() {
  const input = $("#photo");
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    input.value = "";
    const tell = (key) => { $("#photo-said").textContent = say(key); };
    if (!file.type.startsWith("image/")) return tell("fel.foto.typ");
    tell("falt.foto.vantar");
    try {
      const drawn = await redrawn(file);
      if (!drawn) return tell("fel.foto");
      if (taken.length < MOST) taken.push(drawn);
      drawPhotos(say("falt.foto.klart"));
    } catch {
      tell("fel.foto.las");
    }
  });
}
