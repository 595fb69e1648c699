// Says how many cases have come since the list was drawn. The list itself stays until somebody asks for it anew.
const bar = document.getElementById("news");
const title = document.title;
const AGAIN = 60_000;

/** @type {EventSource | null} */
let source = null;
/** @type {number | undefined} */
let waiting;
let over = false;

/** @param {number} cases */
function show(cases) {
  if (!bar) return;
  const says = cases === 1 ? "1 nytt ärende. Visa" : `${cases < 100 ? cases : "Minst 100"} nya ärenden. Visa`;
  let link = bar.querySelector("a");
  if (!cases) link?.remove();
  if (cases && !link) {
    link = document.createElement("a");
    link.href = bar.dataset.here ?? "/att-gora";
    bar.append(link);
  }
  if (cases && link) link.textContent = says;
  document.title = cases ? `(${cases}) ${title}` : title;
}

function listen() {
  if (source || over || document.hidden || !bar) return;
  const opened = (source = new EventSource(`/att-gora/nytt?sedan=${bar.dataset.since}`));
  opened.addEventListener("antal", (event) => show(Number(event.data)));
  opened.addEventListener("slut", () => {
    over = true;
    rest();
  });
  opened.addEventListener("error", () => {
    if (opened.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    rest();
    waiting = setTimeout(listen, AGAIN);
  });
}

function rest() {
  clearTimeout(waiting);
  source?.close();
  source = null;
}

// A browser has few connections to a host, and a hidden list needs none: what came meanwhile is counted on return.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
