// What an article earned around its changes.
#include "api/problem.h"
#include "api/report_answer.h"
#include "api/routes.h"
#include "jobs/revision_report.h"
#include "pages/page_processor.h"

namespace candor::api {

http::Response revision_report(Call& call) {
  const Site& site = call.site;
  const std::string path = call.query_value("path");
  const auto article = site.store.find_article(pages::url_path(path));
  if (!article) throw Problem(404, "There is no article \"" + path + "\".", "path");
  jobs::RevisionQuestion question{.article = *article};
  question.days = static_cast<std::int32_t>(call.query_number("days", question.days, 366));
  question.today = site.zone.day_of(to_ms(site.clock.now()));
  report::RevisionReport report = jobs::load_revision_report(site.store, site.zone, question);
  report.demo = site.settings.demo;
  return answer(report, call.query_value("format"), "revisions");
}

}  // namespace candor::api
