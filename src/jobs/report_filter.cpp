#include "jobs/report_filter.h"

#include <algorithm>

namespace candor::jobs {
namespace {

using report::Dimension;

bool names(std::span<const std::string> values, std::string_view text) {
  return std::ranges::find(values, text.empty() ? report::kUnknown : text) != values.end();
}

std::int64_t id_of(const store::Store& store, Dimension dimension, const std::string& text) {
  constexpr std::int64_t kNone = -1;
  if (text == report::kUnknown) return 0;
  if (dimension == Dimension::Article) {
    const auto article = store.find_article(text);
    return article ? article->id.value : kNone;
  }
  const auto link = store.find_link(text);
  return link ? link->id.value : kNone;
}

}  // namespace

void LinkMerchants::read_all() {
  constexpr std::size_t kAtOnce = 10'000;
  all_read_ = true;
  for (LinkId last;;) {
    const std::vector<Link> links = store_.list_links_after(last, kAtOnce);
    for (const Link& link : links) merchants_.try_emplace(link.id.value, link.merchant);
    if (links.size() < kAtOnce) return;
    last = links.back().id;
  }
}

const std::string& LinkMerchants::of(const report::MoneyPart& part) {
  constexpr std::size_t kMany = 500;
  if (!part.link) return part.merchant;
  if (!all_read_ && merchants_.size() >= kMany) read_all();
  const auto [at, is_new] = merchants_.try_emplace(part.link.value);
  if (is_new)
    if (const auto link = store_.find_link(part.link)) at->second = link->merchant;
  return at->second.empty() ? part.merchant : at->second;
}

MoneyFilter::MoneyFilter(const store::Store& store, std::span<const report::ReportFilter> filters,
                         LinkMerchants& merchants)
    : merchants_(merchants) {
  for (const report::ReportFilter& filter : filters) {
    if (filter.dimension != Dimension::Article && filter.dimension != Dimension::Link) {
      texts_.push_back(filter);
      continue;
    }
    std::vector<std::int64_t>& ids =
        ids_.emplace_back(filter.dimension, std::vector<std::int64_t>{}).second;
    for (const std::string& text : filter.values)
      ids.push_back(id_of(store, filter.dimension, text));
  }
}

bool MoneyFilter::passes(const report::MoneyPart& part) const {
  if (!ids_.empty() && part.tier == report::kUnattributedTier) return false;
  for (const auto& [dimension, ids] : ids_) {
    const std::int64_t id = dimension == Dimension::Article ? part.article.value : part.link.value;
    if (std::ranges::find(ids, id) == ids.end()) return false;
  }
  return std::ranges::all_of(texts_, [&](const report::ReportFilter& filter) {
    return passes(part, filter.dimension, filter.values);
  });
}

bool MoneyFilter::passes(const report::MoneyPart& part, Dimension dimension,
                         std::span<const std::string> values) const {
  if (dimension == Dimension::Network) return names(values, part.network);
  const std::string& merchant = merchants_.of(part);
  if (dimension == Dimension::Merchant) return names(values, merchant);
  return names(values, (merchant.empty() ? std::string(report::kUnknown) : merchant) + " at " +
                           part.network);
}

std::vector<std::pair<rollup::SliceDimension, std::vector<std::string>>> slice_filters(
    std::span<const report::ReportFilter> filters) {
  std::vector<std::pair<rollup::SliceDimension, std::vector<std::string>>> all;
  for (const report::ReportFilter& filter : filters) {
    auto& [dimension, texts] =
        all.emplace_back(rollup::find_slice_dimension(name_of(filter.dimension)).value(),
                         std::vector<std::string>{});
    for (const std::string& value : filter.values) {
      // What is not known has no text there.
      if (value == report::kUnknown)
        texts.emplace_back();
      else if (filter.dimension == Dimension::Programme && value.starts_with(report::kUnknown))
        texts.push_back(value.substr(report::kUnknown.size()));
      else
        texts.push_back(value);
    }
  }
  return all;
}

}  // namespace candor::jobs
