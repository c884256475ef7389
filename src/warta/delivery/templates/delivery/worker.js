/* The paper's worker in readers' browsers: the network first and always; what was read is kept for when there is none.
   Each page has a store of its own, with the pictures that were shown in it: dropped together, they are gone together.
   WORDS (by language) and VERSION stand above; a new VERSION makes browsers take this worker anew. */

const PREFIX = "warta-1:"; // the form of what is kept: another number, and what an older worker kept is thrown away
const FRONT = `${PREFIX}/`;
const OFFLINE = `${PREFIX}luring`;
const ARTICLES = 30;
const PICTURES = 30;
const AGE_MS = 7 * 24 * 60 * 60 * 1000;
const ENDED = "/luring/dicabut";
const CHECK_MS = 10 * 60 * 1000;
const coming = new Set();

/* What is left to the network, as addresses are tested here and as Chromium is told to pass the worker by. */
const LEFT = /^\/(redaksi|api|baca)(\/|$)|(^|\/)feed(\/|$)|^\/rss$|\.(xml|txt)$/;
const ROUTES = ["/redaksi{/*}?", "/api{/*}?", "/feed{/*}?", "/*/feed{/*}?", "/rss", "/*.xml", "/*.txt"];

/* The name of the store in which a page is kept; "" for what is not kept. The number of an article counts alone. */
function nameOf(url) {
  if (url.origin !== location.origin || url.search === "?lite") return "";
  if (url.pathname === "/") return url.search ? "" : FRONT;
  const article = /^\/[^/]+\/read\/\d{4}\/\d\d\/\d\d\/0*(\d+)(\/|$)/.exec(url.pathname);
  return article ? PREFIX + article[1] : "";
}

const mayKeepPictures = () => !navigator.connection?.saveData;

async function keep(name, path, response) {
  coming.add(name);
  try {
    const store = await caches.open(name); // at once: pictures arrive before the page has wholly come
    const text = await response.text();
    const headers = {...Object.fromEntries(response.headers), "x-kept-at": Date.now(), "x-kept-path": path};
    delete headers["content-encoding"];
    delete headers["content-length"];
    await store.put("/", new Response(text, {headers}));
    for (const {url} of await store.keys()) {
      const {pathname} = new URL(url);
      if (pathname !== "/" && !text.includes(pathname)) await store.delete(url); // no longer shown
    }
    return text;
  } catch {
    if (!(await pageIn(name))) await caches.delete(name); // no room, or the line broke: better nothing than half a page
    return "";
  } finally {
    coming.delete(name);
  }
}

async function keepPicture(name, url, response) {
  if (!response.ok || !mayKeepPictures() || !(await caches.has(name))) return;
  const store = await caches.open(name);
  if ((await store.keys()).length <= PICTURES) await store.put(url, response);
}

/* Returns the kept page with its time, path and text; undefined when there is none or it is too old. */
async function pageIn(name) {
  const response = await caches.match("/", {cacheName: name, ignoreVary: true});
  const at = Number(response?.headers.get("x-kept-at"));
  if (!response || Date.now() - at > AGE_MS) return undefined;
  return {name, at, path: response.headers.get("x-kept-path"), headers: response.headers, text: await response.text()};
}

/* Throws away what is too old or too much, and returns the articles that are left, the last read first. */
async function kept() {
  const pages = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === OFFLINE) continue;
    const page = await pageIn(name);
    if (page && name !== FRONT) pages.push(page);
    if (!page && !coming.has(name)) await caches.delete(name);
  }
  pages.sort((one, other) => other.at - one.at);
  for (const {name} of pages.splice(ARTICLES)) await caches.delete(name);
  return pages;
}

/* Asks, at most every ten minutes and only while somebody reads, which articles may be kept no longer: a list that is the
   same for all, so that nobody learns what is kept here. They are dropped, and what names them in other pages. */
async function check() {
  const store = await caches.open(OFFLINE);
  const last = await store.match(ENDED, {ignoreVary: true});
  if (Date.now() - Number(last?.headers.get("x-kept-at")) < CHECK_MS) return;
  const response = await fetch(ENDED, {cache: "no-cache"});
  if (!response.ok) return;
  const ended = await response.json();
  const named = new RegExp(`/read/\\d{4}/\\d\\d/\\d\\d/0*(${ended.join("|")})[/"?#]`);
  for (const name of ended.length ? await caches.keys() : []) {
    if (ended.includes(Number(name.slice(PREFIX.length)))) await caches.delete(name);
    else if (name.startsWith(PREFIX) && name !== OFFLINE && !coming.has(name)) await withoutEnded(name, named);
  }
  await store.put(ENDED, new Response("", {headers: {"x-kept-at": Date.now()}}));
}

/* Takes out of a kept page what names an ended article: of the front page by taking it anew, of an article row by row. */
async function withoutEnded(name, named) {
  const page = await pageIn(name);
  if (!page || !named.test(page.text)) return;
  if (name === FRONT) {
    const response = await fetch("/", {cache: "no-cache"}).catch(() => Response.error());
    const text = response.status === 200 ? await keep(FRONT, "/", response) : "";
    if (!text) await caches.delete(FRONT);
    return;
  }
  const rows = /<li\b[^]*?<\/li>|<p class="(?:also|note)">[^]*?<\/p>|<section class="breaking"[^]*?<\/section>|<link\b[^>]*>/g;
  const text = page.text.replace(rows, (row) => (named.test(row) ? "" : row));
  await (await caches.open(name)).put("/", new Response(text, {headers: page.headers}));
}

async function answer(event, url) {
  const name = nameOf(url);
  let response;
  try {
    response = (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (name && (await offlinePage(name))) || offlineList(url.pathname);
  }
  const isGone = response.status === 404 || response.status === 410;
  let done = Promise.resolve();
  if (name && response.status === 200) done = keep(name, url.pathname, response.clone()).then(kept);
  if (name && isGone) done = caches.delete(name);
  event.waitUntil(done.then(check).catch(() => {})); // without an answer it is asked at the next page
  return response;
}

async function picture(event, name) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keepPicture(name, event.request.url, response.clone()));
    return response;
  } catch {
    return (await caches.match(event.request.url, {ignoreVary: true})) || Response.error();
  }
}

const langOf = (text) => /<html lang="(\w+)"/.exec(text)[1];
const written = (at, lang, form) => new Date(at).toLocaleString(lang, form);
const inMasthead = (text, note) => text.replace("</header>", () => `<p class="note" role="status">${note}</p></header>`);

async function offlinePage(name) {
  const page = await pageIn(name);
  if (!page) return undefined;
  const lang = langOf(page.text);
  const words = WORDS[lang];
  const at = written(page.at, lang, {dateStyle: "full", timeStyle: "short"});
  const then = written(page.at, lang, {dateStyle: "medium", timeStyle: "short"});
  const text = page.text
    .replace(/<data value="[^"]*"><\/data>/, "") // what is read offline is told to nobody
    .replace(/(<section class="list [^>]*>\s*<h2>[^<]*)/g, (heading) => `${heading} <time>(${then})</time>`);
  const note = `<span>${words.kept} ${at}. <a href="/luring">${words.list}</a></span>`;
  return new Response(inMasthead(text, note), {headers: page.headers});
}

async function offlineList(path) {
  const shell = await caches.match("/luring", {cacheName: OFFLINE, ignoreVary: true});
  if (!shell) return Response.error();
  const text = await shell.text();
  const own = langOf(text);
  const langs = Object.keys(WORDS).sort((one) => (one === own ? -1 : 1));
  const said = langs.map((lang) => {
    const {offline, absent, again} = WORDS[lang];
    return `<span lang="${lang}">${offline}${path === "/luring" ? "" : ` ${absent}`} <a href="">${again}</a></span>`;
  });
  const rows = (await kept()).map((page) => {
    const headline = /<h1>([^]*?)<\/h1>/.exec(page.text)?.[1] ?? page.path; // as the server wrote it, in its own marks
    const hour = written(page.at, own, {hour: "2-digit", minute: "2-digit"});
    const at = `${WORDS[own].read} ${written(page.at, own, {dateStyle: "full"})}`;
    return `<li data-hour="${hour}" lang="${langOf(page.text)}"><a href="${page.path}">${headline}</a> <time lang="${own}">${at}</time></li>`;
  });
  const list = rows.length ? `<ol>${rows.join("")}</ol>` : `<p class="role">${WORDS[own].none}</p>`;
  const whole = inMasthead(text, said.join("<br>")).replace("<!--kept-->", () => list);
  return new Response(whole, {status: 503, headers: shell.headers});
}

/* Keeps the page that was open before there was a worker, of what the browser itself still has. */
async function keepOpen(client) {
  const url = new URL(client.url);
  const name = nameOf(url);
  if (!name || (await caches.has(name))) return;
  const response = await fetch(url, {cache: "force-cache"});
  const text = response.status === 200 ? await keep(name, url.pathname, response) : "";
  for (const [path] of text.matchAll(/\/gambar\/[\w.-]+/g)) {
    const had = await fetch(path, {cache: "only-if-cached", mode: "same-origin"}).catch(() => Response.error());
    await keepPicture(name, path, had);
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  const left = [{urlPattern: {pathname: "*", search: "lite"}}, ...ROUTES.map((pathname) => ({urlPattern: {pathname}}))];
  const routed = event.addRoutes?.({condition: {or: left}, source: "network"});
  const ready = async () => {
    await routed;
    await (await caches.open(OFFLINE)).add(new Request("/luring", {cache: "reload"}));
  };
  event.waitUntil(ready());
});

addEventListener("activate", (event) => {
  const begin = async () => {
    await clients.claim();
    /* The request leaves while the worker still wakes up; only where what is left to the network passes it by. */
    if (self.InstallEvent?.prototype.addRoutes) await registration.navigationPreload.enable();
    for (const name of await caches.keys()) {
      if (name.startsWith("warta-") && !name.startsWith(PREFIX)) await caches.delete(name);
    }
    const open = await clients.matchAll({type: "window"});
    Promise.allSettled(open.map(keepOpen)); // not awaited: readers' next pages wait for the end of this event
  };
  event.waitUntil(begin());
});

addEventListener("fetch", (event) => {
  const {request} = event;
  const url = new URL(request.url);
  const isLeft = request.method !== "GET" || url.origin !== location.origin || LEFT.test(url.pathname);
  if (isLeft || url.search === "?lite") return;
  if (request.mode === "navigate") {
    event.respondWith(answer(event, url));
  } else if (request.destination === "image" && url.pathname.startsWith("/gambar/") && request.referrer) {
    const name = nameOf(new URL(request.referrer));
    if (name) event.respondWith(picture(event, name));
  }
});
