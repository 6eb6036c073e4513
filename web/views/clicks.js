// The click log: every request for a link, what was made of it, and why.
import { apiPath } from "../lib/api.js";
import { App, html, useContext } from "../lib/dom.js";
import { formatTime } from "../lib/format.js";
import { kPollMs, useResource } from "../lib/resource.js";
import { formatHash } from "../lib/state.js";
import { Empty, Freshness, Loaded, PageHead, Panel } from "../parts/basics.js";
import { ClicksTable, Explanation } from "../parts/clicks_table.js";

const kPage = 50;

export function ClicksView() {
  const { route, zone } = useContext(App);
  const { all, before, why } = route.params;
  const clicks = useResource(
    apiPath("/clicks", { limit: kPage, all: all ? 1 : undefined, before }),
    { every: before ? 0 : kPollMs },
  );
  const address = (change) => formatHash("/clicks", { ...route.params, ...change });
  const listed = clicks.data?.data.some((click) => click.id === why);

  return html`
    <${PageHead} title="Clicks" lead="Every request for a link, kept with the reason why it counts or not.">
      <nav class="segments" aria-label="Clicks shown">
        <a href=${address({ all: undefined, before: undefined, why: undefined })} aria-current=${all ? undefined : "true"}>Human only</a>
        <a href=${address({ all: "1", before: undefined, why: undefined })} aria-current=${all ? "true" : undefined}>All requests</a>
      </nav>
    </${PageHead}>
    ${!before && html`<${Freshness} resource=${clicks} format=${(at) => formatTime(at, zone, { seconds: true, day: false })} />`}
    ${why && clicks.data && !listed && html`<${Panel} id="one" title="One click"
      actions=${html`<a href=${address({ why: undefined })}>Close</a>`}><${Explanation} id=${why} zone=${zone} /></${Panel}>`}
    <${Loaded} resource=${clicks} lines=${10}>${(data) => html`<${Log} data=${data} all=${all} before=${before} why=${why} address=${address} zone=${zone} />`}</${Loaded}>`;
}

function Log({ data, all, before, why, address, zone }) {
  if (data.data.length === 0 && before)
    return html`<${Empty} title="No older clicks"><p><a href=${address({ before: undefined })}>Back to the newest</a></p></${Empty}>`;
  if (data.data.length === 0)
    return html`<${Empty} title=${all ? "No request yet" : "No human click yet"}>
      <p>${all ? "Open the address of one of your links: it shows here within ten seconds." : "Robots, previews and repeats are left out here."}</p>
      ${!all && html`<p><a href=${address({ all: "1" })}>Show all requests</a></p>`}
    </${Empty}>`;
  return html`<section class="panel" aria-label="Click log">
    <${ClicksTable} clicks=${data.data} zone=${zone} openId=${why}
      caption=${all ? "All requests, newest first" : "Human clicks, newest first"}
      whyHref=${(click) => address({ why: click.id === why ? undefined : click.id })} />
    <nav class="pages" aria-label="Pages">
      ${before && html`<a class="button small" href=${address({ before: undefined, why: undefined })}>Newest</a>`}
      ${data.next && html`<a class="button small" href=${address({ before: data.next, why: undefined })}>Older</a>`}
    </nav>
  </section>`;
}
