// Says what still waits on the phone, and leads to where it is sent.
import { waiting } from "./phone/outbox.js";

const line = document.getElementById("waiting");
const items = await waiting();
const link = line?.querySelector("a");
if (line && link && items.length) {
  const { one, many } = link.dataset;
  link.textContent = (items.length === 1 ? one : many?.replace("{n}", String(items.length))) ?? "";
  link.href = `/r/${items[0].unit}`;
  line.hidden = false;
}
