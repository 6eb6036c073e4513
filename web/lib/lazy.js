// Views whose code is fetched when they are first shown, so that the first one shows at once.
import { Problem, Skeleton } from "../parts/basics.js";
import { html, useEffect, useState } from "./dom.js";

/** A view of a module: `load` imports it, `name` is what it exports. */
export function lazy(load, name) {
  let View = null;
  return function Lazy(props) {
    const [state, setState] = useState({ ready: View !== null, failed: false });
    useEffect(() => {
      if (state.ready) return undefined;
      let ended = false;
      load().then(
        (module) => {
          View = module[name];
          if (!ended) setState({ ready: true, failed: false });
        },
        () => !ended && setState({ ready: false, failed: true }),
      );
      return () => {
        ended = true;
      };
    }, []);
    if (state.failed) return html`<${Problem} problem=${kUnreached} onRetry=${() => location.reload()} />`;
    return state.ready ? html`<${View} ...${props} />` : html`<${Skeleton} />`;
  };
}

const kUnreached = {
  title: "This view could not be loaded",
  detail: "Candor cannot be reached, or was updated meanwhile. Load the dashboard again.",
};
