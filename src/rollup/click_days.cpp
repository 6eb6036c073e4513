#include "rollup/click_days.h"

namespace candor::rollup {

void add(ClickDayDeltas& deltas, const Click& click, const SiteZone& zone) {
  ++deltas[{.day = zone.day_of(at_ms(click.id)),
            .article = click.article,
            .link = click.link,
            .verdict = click.verdict}];
}

}  // namespace candor::rollup
