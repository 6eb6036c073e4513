// Data of one API address, kept fresh while the page is looked at.
import { App, useCallback, useContext, useEffect, useRef, useState } from "./dom.js";

/** A click shows within ten seconds: absorbed within one, asked for every eight. */
export const kPollMs = 8000;

/**
 * {data, problem, loading, stale, at, refresh}. Data of the former address stays (stale) until the
 * new one answers, so that changing a range does not blank the page.
 */
export function useResource(url, { every = 0 } = {}) {
  const { api } = useContext(App);
  const [state, setState] = useState({ url: null, data: null, problem: null, at: 0 });
  const [round, setRound] = useState(0);
  const refresh = useCallback(() => setRound((n) => n + 1), []);
  const running = useRef(null);

  useEffect(() => {
    if (!url) return undefined;
    let timer = 0;
    let ended = false;
    const abort = new AbortController();
    running.current = abort;

    async function load() {
      try {
        const data = await api.get(url, { signal: abort.signal });
        if (!ended) setState({ url, data, problem: null, at: Date.now() });
      } catch (problem) {
        if (ended || problem?.name === "AbortError") return;
        setState((before) => ({
          url,
          data: before.url === url ? before.data : null,
          problem,
          at: before.at,
        }));
      }
      if (!ended && every > 0) timer = setTimeout(tick, every);
    }
    function tick() {
      if (document.hidden) return; // Goes on when the page is looked at again.
      load();
    }
    function seen() {
      if (document.hidden || every <= 0) return;
      clearTimeout(timer);
      load();
    }

    load();
    document.addEventListener("visibilitychange", seen);
    return () => {
      ended = true;
      clearTimeout(timer);
      abort.abort();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [api, url, every, round]);

  return {
    data: state.data,
    problem: state.url === url ? state.problem : null,
    loading: state.data === null && !(state.url === url && state.problem),
    stale: state.url !== url && state.data !== null,
    at: state.at,
    refresh,
  };
}
