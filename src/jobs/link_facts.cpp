#include "jobs/link_facts.h"

#include <ranges>
#include <string_view>
#include <utility>

#include "link/url.h"

namespace candor::jobs {

std::vector<attribution::LinkFacts> read_link_facts(const store::EvidenceStore& store) {
  std::vector<attribution::LinkFacts> links;
  for (store::LinkTarget& target : store.list_link_targets()) {
    attribution::LinkFacts link{target.id, std::move(target.network), {}, {}};
    if (const auto url = parse_url(target.destination)) {
      for (QueryParameter& parameter : parse_query(url->query))
        link.query_values.push_back(std::move(parameter.value));
      for (const auto segment : std::views::split(std::string_view(url->path), '/'))
        link.path_segments.push_back(percent_decode(std::string_view(segment)));
    }
    links.push_back(std::move(link));
  }
  return links;
}

}  // namespace candor::jobs
