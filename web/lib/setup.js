// Words of the first steps, and whether the list is shown.

export const kSteps = {
  link: { title: "Add a link", how: "Give a long affiliate address a short one on your site.", href: "#/links", link: "Add a link" },
  page: { title: "Let Candor read a page", how: "candor inject or candor audit reads your pages; a pages proxy does it as they pass.", href: "#/disclosures", link: "Disclosures" },
  click: { title: "See a click arrive", how: "Follow one of your links once." },
  import: { title: "Import a network's report", how: "Then clicks become money, article by article.", href: "#/imports", link: "Import a report" },
  backup: { title: "Have a backup", how: "candor nightly makes one each night: schedule it with cron or the systemd timer.", href: "#/jobs", link: "Run it now" },
};

export const stepsLeft = (steps) => steps.filter((step) => !step.done);

const kSetting = "candor.first_steps";

export function firstStepsShown(storage = globalThis.localStorage) {
  try {
    return storage.getItem(kSetting) !== "hidden";
  } catch {
    return true; // Storage may be forbidden; the default has to do.
  }
}

export function hideFirstSteps(storage = globalThis.localStorage) {
  try {
    storage.setItem(kSetting, "hidden");
  } catch {
    // Not kept, then: it is hidden until the page is loaded again.
  }
}
