// The one place that names the rendering library.
import { createContext, h, render } from "../vendor/preact.js";
import htm from "../vendor/htm.js";

export { createContext, render };
export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "../vendor/hooks.js";

export const html = htm.bind(h);

/** What every view shares: {api, session, reloadSession, route, go, setParams, zone, toast, openHelp}. */
export const App = createContext(null);
