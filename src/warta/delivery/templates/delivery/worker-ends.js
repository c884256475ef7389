/* Takes the place of the paper's worker where WARTA_OFFLINE is no: drops what was kept, and itself. */
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const end = async () => {
    for (const name of await caches.keys()) if (name.startsWith("warta-")) await caches.delete(name);
    await registration.unregister();
  };
  event.waitUntil(end());
});
