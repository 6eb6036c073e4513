// Candor: tells this site, and nobody else, which direct links of the page are followed and that it
// was read. Sets no cookie and stores nothing.
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  const url = new URL("b", src).href;

  const tell = (kind, links = []) => {
    const body = new URLSearchParams({ k: kind, a: dataset.a, m: dataset.m });
    // The same message told twice counts once.
    body.append("i", crypto.getRandomValues(new Uint32Array(3)).join("."));
    for (const link of links) body.append("l", link);
    const text = body.toString();
    try {
      if (navigator.sendBeacon(url, text)) return;
    } catch {}
    fetch(url, { method: "POST", body: text, keepalive: true, mode: "no-cors" }).catch(() => {});
  };

  // Enter on a link is a click, too; the wheel button is an auxclick. Seen before any script of the
  // page can stop it.
  const follow = (event) => {
    if (!event.isTrusted || event.button > 1) return;
    const link = event.composedPath().find((each) => each.dataset?.candorLink);
    if (!link) return;
    if (link.getAttribute("ping")?.includes("/-/b?")) link.removeAttribute("ping");
    tell("c", [link.dataset.candorLink]);
  };
  addEventListener("click", follow, true);
  addEventListener("auxclick", follow, true);

  const impressions = () => {
    const timers = new Map();
    let seen = [];
    let soon;
    const flush = () => {
      clearTimeout(soon);
      while (seen.length) tell("i", seen.splice(0, 5));
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, intersectionRatio } of entries) {
          clearTimeout(timers.get(target));
          if (intersectionRatio >= 0.5)
            timers.set(target, setTimeout(() => {
              observer.unobserve(target);
              clearTimeout(soon);
              soon = setTimeout(flush, seen.push(target.dataset.candorLink) > 4 ? 0 : 2000);
            }, 1000));
        }
      },
      { threshold: 0.5 },
    );
    for (const link of document.querySelectorAll("[data-candor-link]")) observer.observe(link);
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
  };

  // A page counts as read once it was in view for a second.
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (document.prerendering || document.visibilityState !== "visible") return;
    timer = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      tell("v");
      if ("i" in dataset) impressions();
    }, 1000);
  };
  document.addEventListener("visibilitychange", look);
  document.addEventListener("prerenderingchange", look);
  look();
})();
