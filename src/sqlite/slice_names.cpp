#include "sqlite/slice_names.h"

#include <algorithm>

#include "sql/sqlite_statements.h"
#include "sqlite/rows.h"

namespace candor::sqlite {
namespace {

using rollup::SliceDimension;

bool is_of_links(SliceDimension dimension) {
  return dimension == SliceDimension::Link || dimension == SliceDimension::Merchant ||
         dimension == SliceDimension::Network || dimension == SliceDimension::Programme;
}

template <class Is>
bool asks_for(const store::SliceQuestion& question, Is is) {
  return std::ranges::any_of(question.by, is) ||
         std::ranges::any_of(question.filters,
                             [&](const auto& filter) { return is(filter.first); });
}

/// Numbers and texts, as the statement gives them.
void load(Query& query, std::unordered_map<std::int64_t, std::string>& into) {
  while (query.next()) {
    Row row(query);
    const std::int64_t id = row.integer();
    into.emplace(id, row.text());
  }
}

std::optional<std::int64_t> find_text(const std::unordered_map<std::int64_t, std::string>& texts,
                                      const std::string& text) {
  const auto at = std::ranges::find(texts, text, [](const auto& entry) { return entry.second; });
  if (at == texts.end()) return std::nullopt;
  return at->first;
}

}  // namespace

std::uint32_t SliceNames::Names::number_of(const std::string& text) {
  const auto [at, fresh] = numbers.try_emplace(text, static_cast<std::uint32_t>(texts.size()));
  if (fresh) texts.push_back(text);
  return at->second;
}

SliceNames::SliceNames(Connection& connection, const store::SliceQuestion& question) {
  if (asks_for(question, is_of_links)) load_links(connection);
  if (asks_for(question, [](SliceDimension each) { return each == SliceDimension::Article; })) {
    Query query(connection, sql::articles::list_article_paths);
    query.set(":after", ArticleId{});
    load(query, articles_);
  }
  if (asks_for(question, [](SliceDimension each) { return each == SliceDimension::Language; })) {
    Query query(connection, sql::blocks::list_languages);
    load(query, languages_);
  }
  if (asks_for(question, [](SliceDimension each) { return each == SliceDimension::Reason; })) {
    Query query(connection, sql::blocks::list_reasons);
    load(query, reasons_);
  }
}

void SliceNames::load_links(Connection& connection) {
  Query query(connection, sql::blocks::list_link_groups);
  while (query.next()) {
    Row row(query);
    const auto id = static_cast<std::size_t>(row.integer());
    links_.emplace(id, row.text());
    const std::string merchant = row.text();
    const std::string network = row.text();
    for (auto* group : {&groups_.merchants, &groups_.networks, &groups_.programmes})
      if (group->size() <= id) group->resize(id + 1);
    groups_.merchants[id] = merchants_.number_of(merchant);
    groups_.networks[id] = networks_.number_of(network);
    if (!merchant.empty() || !network.empty())
      groups_.programmes[id] = programmes_.number_of(merchant + " at " + network);
  }
}

const SliceNames::Names* SliceNames::names_of(SliceDimension dimension) const {
  switch (dimension) {
    case SliceDimension::Merchant:
      return &merchants_;
    case SliceDimension::Network:
      return &networks_;
    case SliceDimension::Programme:
      return &programmes_;
    default:
      return nullptr;
  }
}

std::optional<std::int64_t> SliceNames::find(SliceDimension dimension,
                                             const std::string& text) const {
  if (const Names* names = names_of(dimension)) {
    const auto at = names->numbers.find(text);
    if (at == names->numbers.end()) return std::nullopt;
    return at->second;
  }
  if (rollup::is_plain(dimension)) return rollup::parse_value(dimension, text);
  if (text.empty()) return 0;
  if (dimension == SliceDimension::Article) return find_text(articles_, text);
  if (dimension == SliceDimension::Language) return find_text(languages_, text);
  if (dimension == SliceDimension::Reason) return find_text(reasons_, text);
  return find_text(links_, text);
}

rollup::SliceQuery SliceNames::query_of(const store::SliceQuestion& question) const {
  rollup::SliceQuery query{.from = question.from,
                           .to = question.to,
                           .by = question.by,
                           .filters = {},
                           .visitors = question.visitors};
  for (const auto& [dimension, texts] : question.filters) {
    rollup::SliceFilter filter{.dimension = dimension, .values = {}};
    for (const std::string& text : texts)
      if (const auto value = find(dimension, text)) filter.values.push_back(*value);
    query.filters.push_back(std::move(filter));
  }
  return query;
}

std::string SliceNames::text_of(SliceDimension dimension, std::int64_t value) const {
  if (const Names* names = names_of(dimension))
    return names->texts.at(static_cast<std::size_t>(value));
  if (auto text = rollup::text_of(dimension, value)) return *text;
  const auto& texts = dimension == SliceDimension::Article    ? articles_
                      : dimension == SliceDimension::Language ? languages_
                      : dimension == SliceDimension::Reason   ? reasons_
                                                              : links_;
  const auto at = texts.find(value);
  return at == texts.end() ? std::string{} : at->second;
}

}  // namespace candor::sqlite
